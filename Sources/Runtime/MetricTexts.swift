public import Telemetry

/// What each metric of Docket's own is, in a line: the `# HELP` of `/metrics`, under the printed name. docs/operations.md says more.
public enum MetricTexts {
    public static let all: [String: MetricDescription] = [api, database, dispatcher, scheduler, courier]
        .reduce(into: [String: String]()) { $0.merge($1) { first, _ in first } }
        .mapValues { MetricDescription(help: $0) }

    private static let api = [
        "http_server_active_requests": "Requests that are under way.",
        "http_server_request_duration_seconds": "From a request's head to the end of its answer.",
    ]

    private static let database = [
        "docket_contention_retries_total":
            "Transactions that were run again because they met another one, or whose prepared statements were forgotten.",
        "postgres_connections_lost_total": "Connections to the database that broke.",
        "postgres_pool_connections": "Connections to the database, by what they do.",
        "postgres_pool_timeouts_total": "Callers who waited for a connection in vain.",
        "postgres_pool_wait_seconds": "How long callers waited for a connection.",
        "postgres_pool_waiters": "Callers who wait for a connection.",
        "postgres_unit_seconds": "From a connection's beginning with a unit of work to its result.",
    ]

    private static let dispatcher = [
        "docket_dispatcher_agents": "Agents by presence; who never signed in is not counted.",
        "docket_dispatcher_assigned_total": "Tickets given to agents.",
        "docket_dispatcher_backlog": "Tickets that wait for an agent, counted up to 100,000.",
        "docket_dispatcher_backlog_oldest_seconds": "How long the oldest waiting ticket has waited.",
        "docket_dispatcher_busy_lanes_total": "Passes that met another dispatcher on the queue.",
        "docket_dispatcher_failed_passes_total": "Passes over a queue that failed.",
        "docket_dispatcher_fairness_index": "Jain's index over the tenants that compete for turns; 1 is fair.",
        "docket_dispatcher_offered_total": "Tickets offered to agents.",
        "docket_dispatcher_offers_timed_out_total": "Offers that nobody answered in time.",
        "docket_dispatcher_pass_seconds": "How long a pass over a queue took.",
        "docket_dispatcher_passes_total": "Passes over a queue.",
        "docket_dispatcher_refusals_total": "Agents kept from waiting tickets, by the first filter that failed, counted when recorded newly.",
        "docket_dispatcher_refused_by_guard_total": "Assignments that were decided and not written because somebody else was faster.",
        "docket_dispatcher_requeued_total": "Tickets taken back from agents who were gone.",
        "docket_dispatcher_tenants_competing": "Tenants that had more to do than their turns allowed.",
        "docket_dispatcher_ticket_wait_seconds": "From a ticket's becoming routable to its assignment.",
        "docket_dispatcher_turn_wait_longest_seconds": "The longest wait of a competing tenant for its turn.",
        "docket_dispatcher_waits_recorded_total": "Classes of waiting tickets by why they wait, counted when recorded newly.",
        "docket_dispatcher_wake_up_seconds": "From a wake-up to the end of the first turn that it led to.",
    ]

    private static let scheduler = [
        "docket_scheduler_aged_tickets_total": "Tickets that were closed or archived by themselves, or told of before.",
        "docket_scheduler_aging_failures_total": "Tickets that were due to be closed or archived and could not be.",
        "docket_scheduler_due": "Timers that are due and not fired yet.",
        "docket_scheduler_escalations_total": "Steps of escalations, by what became of them.",
        "docket_scheduler_failed_tickets_total": "Tickets whose timers could not be judged.",
        "docket_scheduler_failed_turns_total": "Turns that failed.",
        "docket_scheduler_feed_behind_seconds": "For how long the oldest transaction has been open that the change feed waits for.",
        "docket_scheduler_fired_total": "Warnings and breaches that were recorded.",
        "docket_scheduler_held_notices_total": "Notices whose readers' quiet hours ended, by what became of them.",
        "docket_scheduler_lag_seconds": "From a timer's scheduled time to its firing.",
        "docket_scheduler_purged_idempotency_records_total": "Old records that were deleted.",
        "docket_scheduler_reevaluated_tickets_total": "Tickets that were measured anew after edits of policies and calendars.",
        "docket_scheduler_reevaluation_failures_total": "Tickets whose clocks could not be measured anew.",
        "docket_scheduler_turn_seconds": "How long a turn took.",
        "docket_scheduler_turns_total": "Turns over the timers that are due.",
    ]

    private static let courier = [
        "docket_courier_attempt_seconds": "How long an attempt to deliver took.",
        "docket_courier_backlog": "Deliveries in the outbox, due or not, counted up to 100,000.",
        "docket_courier_backlog_overdue_seconds": "Since when the oldest delivery is due.",
        "docket_courier_buried_total": "Deliveries that were given up.",
        "docket_courier_claimed_total": "Deliveries that were taken on.",
        "docket_courier_delivered_total": "Deliveries that arrived.",
        "docket_courier_disabled_endpoints_total": "Endpoints that were switched off.",
        "docket_courier_dropped_total": "Deliveries whose endpoint wants them no more.",
        "docket_courier_failed_passes_total": "Passes over the outbox that failed.",
        "docket_courier_failed_total": "Attempts that failed and are made again.",
        "docket_courier_opened_circuits_total": "Endpoints that were left alone for a while.",
        "docket_courier_purged_attempts_total": "Records of attempts that were deleted because of their age.",
        "docket_courier_released_total": "Deliveries that were given back untried.",
        "docket_courier_running": "Attempts that are under way.",
        "docket_courier_stale_total": "Attempts whose lease was lost before they were written down.",
        "docket_courier_taken_back_total": "Deliveries that were taken back from couriers that are gone.",
        "docket_courier_unwritten_total": "Attempts that could not be written down and are made again.",
        "docket_courier_wait_seconds": "From a delivery's entry into the outbox to the start of its first attempt.",
    ]
}
