"""Traces through web, tasks and database, where an installation names a collector: routes, no addresses."""

import threading
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

from portal.contexts import REQUEST

once = threading.Lock()


def start(name: str) -> None:
    """Send traces from this process, if a collector is named; a second call does nothing."""
    if settings.TRACES_ENDPOINT and once.acquire(blocking=False):
        instrument(name, OTLPSpanExporter(endpoint=settings.TRACES_ENDPOINT), share=settings.TRACES_SHARE)


def instrument(name: str, exporter: SpanExporter, *, share: float) -> TracerProvider:
    """Trace that share of requests, whole, with the tasks they caused and the queries of both."""
    provider = TracerProvider(
        resource=Resource({SERVICE_NAME: name}), sampler=ParentBased(TraceIdRatioBased(share))
    )
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    CeleryInstrumentor().instrument(tracer_provider=provider)  # type: ignore[no-untyped-call]
    # statements as they are written, with places for values and never the values
    PsycopgInstrumentor().instrument(tracer_provider=provider, enable_commenter=False)
    return provider


def trace_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """One span a request, named by its route: an address could hold whose page it is."""
    tracer = trace.get_tracer("portal")

    def middleware(request: HttpRequest) -> HttpResponse:
        with tracer.start_as_current_span("request", kind=trace.SpanKind.SERVER) as span:
            response = get_response(request)
            match = request.resolver_match
            route = match.view_name if match and match.view_name else "none"
            span.update_name(f"{request.method} {route}")
            span.set_attribute("http.route", route)
            span.set_attribute("http.response.status_code", response.status_code)
            span.set_attribute("portal.request_id", REQUEST.get())
        return response

    return middleware
