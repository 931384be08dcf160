"""The simulator alone: python -m demo.wechat --port 8300 --log var/wechat.jsonl --follower OPENID=姓名."""

import argparse
import signal
import threading
from pathlib import Path

from demo.wechat.callbacks import Server
from demo.wechat.server import APPID, TOKEN, Simulator


def main() -> None:
    """Serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m demo.wechat", description="微信模拟器")
    parser.add_argument("--port", type=int, default=8300, help="端口，0 为任选")
    parser.add_argument("--log", type=Path, required=True, help="收到的消息逐行写入这个 JSONL 文件")
    parser.add_argument(
        "--follower", action="append", default=[], metavar="OPENID=姓名", help="关注者，可重复"
    )
    parser.add_argument("--book", type=Path, metavar="FILE", help="在网页上关注的人记在这里，重启后还在")
    parser.add_argument("--callback", metavar="URL", help="每条消息的结果告诉这个网址（令牌见 server.py）")
    asked = parser.parse_args()
    followers = dict(each.split("=", 1) if "=" in each else (each, each) for each in asked.follower)
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    told = Server(asked.callback, TOKEN, APPID) if asked.callback else None
    with Simulator(asked.log, followers, port=asked.port, callback=told, book=asked.book) as simulator:
        print(
            f"微信模拟器：{simulator.base_url}（AppID {simulator.appid}，AppSecret {simulator.secret}）",
            flush=True,
        )
        stop.wait()


if __name__ == "__main__":
    main()
