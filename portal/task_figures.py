"""What processes count of themselves; imports no model, for a worker counts before Django is ready."""

from prometheus_client import REGISTRY, CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from portal.environment import env

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
TASKS = Histogram(
    "portal_task_seconds", "Running a task", ["task", "state"], buckets=(*SECONDS, 120.0, 600.0)
)


def counted() -> CollectorRegistry:
    """What all processes of this machine counted, where they were given a folder for it; else this one."""
    if not env.str("PROMETHEUS_MULTIPROC_DIR", ""):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
