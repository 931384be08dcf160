"""Runs the sink alone: `python -m demo.sink --smtp-port 1025 --http-port 8025 --folder var/outbox`."""

import argparse
import logging
from pathlib import Path

from demo.sink.server import Sink
from demo.sink.web import reading_room


def main() -> None:
    """Takes mail and shows it until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m demo.sink", description="本机收信箱：收下所有邮件，供浏览"
    )
    parser.add_argument("--smtp-port", type=int, default=1025, help="收信端口")
    parser.add_argument("--http-port", type=int, default=8025, help="网页端口")
    parser.add_argument("--folder", type=Path, default=Path("var/outbox"), help="存放 .eml 的文件夹")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    sink = Sink(options.folder, options.smtp_port)
    sink.start()
    with reading_room(sink.folder, options.http_port) as room:
        print(f"收信 {sink.url} · 浏览 http://127.0.0.1:{room.server_port}/ · 存于 {sink.folder}", flush=True)
        try:
            room.serve_forever()
        except KeyboardInterrupt:
            print("收信箱已停", flush=True)
        finally:
            sink.stop()


if __name__ == "__main__":
    main()
