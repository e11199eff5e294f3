"""Column mappings: the column names of common exports, by role.

Names match without regard to case, so camelCase equals PascalCase. ``organization.name`` is a member of an object.
"""

from __future__ import annotations

from typing import Any

_REQUEST = {
    "created": "createdDate",
    "closed": "lastClosedDate",
    "product": ("productName", "productId"),
    "country": "countryCode",
    "severity": "severity",
    "status": "status",
    "escalated": "every",
    # Some responses hold the numbers of the enumerations in Partner Center's SDK.
    "words": {
        "severity": {"0": "unknown", "1": "critical", "2": "moderate", "3": "minimal"},
        "status": {
            "0": "none",
            "1": "open",
            "2": "closed",
            "3": "attention_needed",
            "attentionneeded": "attention_needed",
        },
    },
}

MAPPINGS: dict[str, dict[str, Any]] = {
    "plain": {
        "id": "id",
        "created": "created",
        "closed": "closed",
        "escalated_on": "escalated_on",
        "product": "product",
        "country": "country",
        "customer": "customer",
        "severity": "severity",
        "status": "status",
        "score": "score",
        "answered": "answered",
        "date": ("date", "month"),
        "amount": "amount",
        "currency": "currency",
        "seats": "seats",
    },
    # These are requests to Microsoft, so each one is an escalation.
    "partner-center": {**_REQUEST, "id": "id", "customer": "organization.name"},
    # Export-Csv of Get-PartnerServiceRequest drops the organization, because it is an object.
    "partner-center-powershell": {**_REQUEST, "id": "serviceRequestId"},
    # Records of Microsoft.Support/supportTickets: from the REST API, and flat from `az support tickets list`.
    "azure-support-tickets": {
        "id": ("properties.supportTicketId", "supportTicketId"),
        "created": ("properties.createdDate", "createdDate"),
        "product": ("properties.serviceDisplayName", "serviceDisplayName"),
        "severity": ("properties.severity", "severity"),
        "status": ("properties.status", "status"),
        "escalated": "every",
    },
    "servicenow": {
        "id": "number",
        "created": ("opened_at", "opened"),
        "closed": ("closed_at", "closed"),
        "product": ("business_service", "service"),
        "customer": ("company.display_value", "company.name", "company"),
        "severity": "priority",
        "status": "state",
    },
    "zendesk": {
        "id": "id",
        "created": "created_at",
        "customer": "organization_id",
        "severity": "priority",
        "status": "status",
        "score": "satisfaction_rating.score",
        "answered": "updated_at",
        "blank": ("offered", "unoffered"),
    },
    "zendesk-ratings": {
        "id": "id",
        "answered": "created_at",
        "score": "score",
        "blank": ("offered", "unoffered"),
    },
    # One row per event, as process mining tools write it (XES).
    "event-log": {
        "id": ("case:concept:name", "case_id", "case id"),
        "created": ("time:timestamp", "timestamp"),
        "rows": "event",
    },
}
