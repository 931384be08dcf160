"""A strict simulator of WeChat's service-account API, with the followers' phones as web pages.

It calls back what became of each message (TEMPLATESENDJOBFINISH) where it is given a server to tell.
"""

from demo.wechat.callbacks import Server
from demo.wechat.rules import Template
from demo.wechat.server import Simulator, demo_templates

__all__ = ["Server", "Simulator", "Template", "demo_templates"]
