"""The simulator alone: python -m demo.wechat --port 8300 --log var/wechat.jsonl --follower OPENID=姓名."""

import argparse
import signal
import threading
from pathlib import Path

from demo.wechat.server import Simulator


def main() -> None:
    """Serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m demo.wechat", description="微信模拟器")
    parser.add_argument("--port", type=int, default=8300, help="端口，0 为任选")
    parser.add_argument("--log", type=Path, required=True, help="收到的消息逐行写入这个 JSONL 文件")
    parser.add_argument(
        "--follower", action="append", default=[], metavar="OPENID=姓名", help="关注者，可重复"
    )
    asked = parser.parse_args()
    followers = dict(each.split("=", 1) if "=" in each else (each, each) for each in asked.follower)
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    with Simulator(asked.log, followers, port=asked.port) as simulator:
        print(
            f"微信模拟器：{simulator.base_url}（AppID {simulator.appid}，AppSecret {simulator.secret}）",
            flush=True,
        )
        stop.wait()


if __name__ == "__main__":
    main()
