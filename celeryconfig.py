"""Celery: queues, limits and the beat table, each number with its reason.

Rows are the truth and the broker only nudges (DESIGN 6.1), so nothing here has to survive: a lost message
costs a minute, until the next sweep.
"""

import os

from celery.schedules import crontab
from kombu import Queue

broker_url = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
result_backend = None  # rows hold the results
task_ignore_result = True

task_queues = [
    Queue(name, routing_key=name) for name in ("poll", "read", "attach", "compose", "deliver", "repair")
]
task_default_queue = "repair"
task_routes = {
    "tasks.polling.*": {"queue": "poll"},
    "tasks.reading.*": {"queue": "read"},
    # A queue of its own: ten seconds of a hostile file must not hold up what people wait for.
    "tasks.attaching.*": {"queue": "attach"},
    "tasks.composing.*": {"queue": "compose"},
    "tasks.delivering.*": {"queue": "deliver"},
    "tasks.repairing.*": {"queue": "repair"},
}

task_serializer = "json"
accept_content = ["json"]
timezone = "Asia/Shanghai"

# A task may run twice (rows decide), so it is acknowledged when done and taken up by another if not.
task_acks_late = True
# Costs nothing (1 against 64 measured alike), and keeps one worker from hoarding what another could do.
worker_prefetch_multiplier = 1
# A poll of 200 slow sources takes some 100 s; a task that hangs beyond 300 s is broken.
task_soft_time_limit = 240
task_time_limit = 300
# The process is renewed before lxml fragments its memory.
worker_max_tasks_per_child = 500
# On SIGTERM: a batch of 64 mails at 20 s time-out each may not finish, one mail does.
worker_soft_shutdown_timeout = 20
worker_enable_soft_shutdown_on_idle = True
# True would SIGTERM senders between a server's 250 and its record whenever the broker blinks, and the message
# would go out twice. Unacknowledged, a task may run again beside itself at worst, and rows decide.
worker_cancel_long_running_tasks_on_connection_loss = False
broker_connection_retry_on_startup = True
worker_send_task_events = False
worker_hijack_root_logger = False

broker_transport_options = {
    "visibility_timeout": 900,  # three times the hard limit: nothing runs that long, nothing is given twice
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,  # a dead worker's messages return after 900 s, not 900 + 100
    "socket_timeout": 30,
    "socket_keepalive": True,
    "health_check_interval": 25,
    "global_keyprefix": "kuaixun:",
}

# A nudge that nobody took within its period is stale: the next one is due.
beat_schedule = {
    # Sources carry their own next time; looking costs one query.
    "poll": {"task": "tasks.polling.poll_sources", "schedule": 30.0, "options": {"expires": 30}},
    # Alerts are grouped for five minutes, so 15 s is little against it; slots are found the same way.
    "compose": {"task": "tasks.composing.compose", "schedule": 15.0, "options": {"expires": 15}},
    # Composing nudges senders; this one is for what was put off.
    "deliver": {"task": "tasks.delivering.deliver_all", "schedule": 15.0, "options": {"expires": 15}},
    # DESIGN 4.7: every minute.
    "repair": {"task": "tasks.repairing.sweep", "schedule": 60.0, "options": {"expires": 60}},
    # Receivers report within minutes, or after days.
    "bounces": {"task": "tasks.repairing.take_bounces", "schedule": 120.0, "options": {"expires": 120}},
    # Issue 5: a second look that shares no code with the sender, four times an hour.
    "prove": {"task": "tasks.repairing.prove", "schedule": 900.0, "options": {"expires": 900}},
    # When nobody is told anything and few sites publish.
    "prune": {"task": "tasks.repairing.prune", "schedule": crontab(hour=3, minute=40)},
}
beat_cron_starting_deadline = 3600
