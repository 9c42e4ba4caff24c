/// A table of what happened, with a partition for each month.
public enum MonthlyTable: String, CaseIterable, Sendable {
    case ticketEvents = "ticket_event"
    case deliveryAttempts = "delivery_attempt"
}
