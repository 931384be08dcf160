"""`make demo`: five weeks of 2019 on the embedded default, from HTTP pages to SMTP and WeChat calls.

Sets the world up (a small government web, a mail sink, a WeChat simulator, Redis, one worker), replays the
calendar, prints who was told what and why, and leaves var/demo/. Nothing of the product knows of it.
"""

import os
import sys
import time
from pathlib import Path

from demo.world import World, WorldError


def main() -> int:
    """Runs the demo; 0 when it finished, 1 with a clear line when it could not."""
    folder = Path(os.environ.get("KUAIXUN_VAR", "var/demo")).absolute()
    started = time.monotonic()
    try:
        with World(folder) as world:
            # Settings are read from the environment that the world has just made.
            from demo.story import tell  # noqa: PLC0415

            tell(world)
    except WorldError as error:
        print(f"\n演示没有完成：{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n演示已中断；再次运行会从库里接着来。", file=sys.stderr)
        return 130
    print(
        f"\n用时 {time.monotonic() - started:.1f} 秒。邮件在 {folder}/outbox/，微信在 {folder}/wechat.jsonl，"
    )
    print(f"数字在 {folder}/report.json。再运行一次：全部重新轮询，不会有人被告知两次。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
