"""Column mappings: the column names of common exports, by role.

Names match without regard to case, so camelCase equals PascalCase. ``organization.name`` is a member of an object, and
``answers[].rating`` the first such member of the objects in a list.
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

_INVOICE_LINE = {
    "date": ("ChargeStartDate", "OrderDate"),
    "amount": "Subtotal",
    "currency": ("Currency", "BillingCurrency"),
    "product": "ProductName",
    "country": "CustomerCountry",
    "customer": "CustomerName",
    "charge_type": "ChargeType",
}

_FORMATTED = "@OData.Community.Display.V1.FormattedValue"

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
        "charge_type": "charge_type",
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
    # A CSV export of issues.
    "jira-service-management": {
        "id": "Issue key",
        "created": "Created",
        "severity": "Priority",
        "status": "Status",
        "score": "Satisfaction rating",
    },
    # The table incident of Dynamics 365, as its Web API returns it, with or without formatted values.
    "dynamics-case": {
        "id": "ticketnumber",
        "created": "createdon",
        "customer": (f"_customerid_value{_FORMATTED}", "_customerid_value", "customerid"),
        "severity": (f"prioritycode{_FORMATTED}", "prioritycode"),
        "status": (f"statuscode{_FORMATTED}", "statuscode"),
    },
    # Tickets of Freshdesk's API, version 2, also with ?include=stats,company. Its own escalations are missed deadlines.
    "freshdesk": {
        "id": "id",
        "created": "created_at",
        "closed": "stats.closed_at",
        "product": "product_id",
        "customer": ("company.name", "company_id"),
        "severity": "priority",
        "status": "status",
        "words": {
            "severity": {"1": "low", "2": "medium", "3": "high", "4": "urgent"},
            "status": {"2": "open", "3": "pending", "4": "resolved", "5": "closed"},
        },
    },
    # Service tickets of ConnectWise PSA's REST API.
    "connectwise": {
        "id": "id",
        "created": "_info.dateEntered",
        "closed": "closedDate",
        "customer": "company.name",
        "country": "country.name",
        "severity": "priority.name",
        "status": "status.name",
    },
    # The entity Tickets of Autotask's REST API.
    "autotask": {
        "id": "ticketNumber",
        "created": "createDate",
        "closed": "completedDate",
        "product": "productID",
        "customer": "companyID",
        "severity": "priority",
        "status": "status",
    },
    # Tickets of HaloPSA's API, which writes 1900-01-01 for a date that is not set.
    "halopsa": {
        "id": "id",
        "created": "dateoccurred",
        "closed": "dateclosed",
        "customer": ("client_name", "client_id"),
        "severity": "priority_id",
        "status": "status_id",
        "blank": ("1900-01-01T00:00:00", "1900-01-01T00:00:00Z"),
    },
    # A survey response holds its answers, of which one has a rating.
    "zendesk-survey-responses": {
        "id": "id",
        "answered": "answers[].created_at",
        "score": "answers[].rating",
    },
    # Freshdesk's ratings are 103 to -103, so that a scale must be stated.
    "freshdesk-ratings": {
        "id": "id",
        "answered": "created_at",
        "score": "ratings.default_question",
    },
    # The same CSV export of issues as jira-service-management, by the date of the rating.
    "jira-satisfaction": {
        "id": "Issue key",
        "answered": "Custom field (Satisfaction date)",
        "score": "Satisfaction rating",
        "severity": "Priority",
        "status": "Status",
    },
    # The table msfp_questionresponse of Dynamics 365 Customer Voice: one row per question that was answered.
    "dynamics-survey": {
        "id": "msfp_questionresponseid",
        "answered": "createdon",
        "score": "msfp_response",
    },
    # Lines of new-commerce invoices: the reconciliation file, and the line items of Partner Center's API.
    "partner-center-reconciliation": _INVOICE_LINE,
    # The blobs of an export by Microsoft Graph have the same attributes.
    "graph-billing-reconciliation": _INVOICE_LINE,
    # One row per event, as process mining tools write it (XES).
    "event-log": {
        "id": ("case:concept:name", "case_id", "case id"),
        "created": ("time:timestamp", "timestamp"),
        "rows": "event",
    },
}
