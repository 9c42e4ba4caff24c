public import UseCases

/// What the endpoints need: the use cases, and where waiting readers of the change feed hear of news.
public struct APIEnvironment: Sendable {
    let tickets: TicketCommands
    let ticketQueries: TicketQueries
    let timers: TimerQueries
    let escalations: EscalationQueries
    let onCall: OnCallQueries
    let reevaluations: ReevaluationQueries
    let previews: PolicyPreviews
    let routing: RoutingExplanations
    let directory: DirectoryCommands
    let directoryQueries: DirectoryQueries
    let penalties: Penalties
    let penaltyLedger: PenaltyLedger
    let reports: SLAReports
    let slaSettings: SLASettings
    let lifecycle: LifecycleAdministration
    let prioritySettings: PrioritySettings
    let deliveries: DeadDeliveries
    let keys: APIKeys
    let feedSignal: any FeedSignal

    public init(useCases: UseCaseEnvironment, tools: DirectoryTools, feedSignal: any FeedSignal) {
        tickets = TicketCommands(environment: useCases)
        ticketQueries = TicketQueries(environment: useCases)
        timers = TimerQueries(environment: useCases)
        escalations = EscalationQueries(environment: useCases)
        onCall = OnCallQueries(environment: useCases)
        reevaluations = ReevaluationQueries(environment: useCases)
        previews = PolicyPreviews(environment: useCases)
        routing = RoutingExplanations(environment: useCases)
        directory = DirectoryCommands(environment: useCases, tools: tools)
        directoryQueries = DirectoryQueries(environment: useCases)
        penalties = Penalties(environment: useCases, zones: tools.zones)
        penaltyLedger = PenaltyLedger(environment: useCases)
        reports = SLAReports(environment: useCases, zones: tools.zones)
        slaSettings = SLASettings(environment: useCases)
        lifecycle = LifecycleAdministration(environment: useCases)
        prioritySettings = PrioritySettings(environment: useCases)
        deliveries = DeadDeliveries(environment: useCases)
        keys = APIKeys(database: useCases.database)
        self.feedSignal = feedSignal
    }
}
