"""A strict simulator of WeChat's service-account API, with the followers' phones as web pages.

Callbacks (TEMPLATESENDJOBFINISH) are not sent; `Account._accept` is the moment after which they would be.
"""

from demo.wechat.rules import Template
from demo.wechat.server import Simulator, demo_templates

__all__ = ["Simulator", "Template", "demo_templates"]
