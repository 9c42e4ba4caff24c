import UseCases

/// All operations of the API, version 1.
public enum APIOperations {
    /// What the OpenAPI document describes; needs no database.
    public static let all: [Operation] =
        TicketEndpoints.operations + OfferEndpoints.operations + VerbEndpoints.operations + BookingEndpoints.operations
        + MergeEndpoints.operations + EscalationEndpoints.operations + TicketTaskEndpoints.operations + PriorityMatrixEndpoints.operations
        + LifecycleEndpoints.operations
        + EventEndpoints.operations + DirectoryOperations.all + PenaltyEndpoints.operations + ReportEndpoints.operations + PolicyEndpoints.operations
        + SettingsEndpoints.operations + DeliveryEndpoints.operations + KeyEndpoints.operations

    /// The operations with their handlers.
    public static func routes(_ environment: APIEnvironment) -> APIRoutes {
        var routes = APIRoutes()
        let queries = environment.ticketQueries
        routes.isVisible = { try await queries.isVisible($0, to: $1, in: $2) }
        TicketEndpoints.addRoutes(to: &routes, environment)
        OfferEndpoints.addRoutes(to: &routes, environment)
        VerbEndpoints.addRoutes(to: &routes, environment)
        BookingEndpoints.addRoutes(to: &routes, environment)
        MergeEndpoints.addRoutes(to: &routes, environment)
        EscalationEndpoints.addRoutes(to: &routes, environment)
        TicketTaskEndpoints.addRoutes(to: &routes, environment)
        LifecycleEndpoints.addRoutes(to: &routes, environment)
        PriorityMatrixEndpoints.addRoutes(to: &routes, environment)
        EventEndpoints.addRoutes(to: &routes, environment)
        DirectoryOperations.addRoutes(to: &routes, environment)
        PenaltyEndpoints.addRoutes(to: &routes, environment)
        ReportEndpoints.addRoutes(to: &routes, environment)
        PolicyEndpoints.addRoutes(to: &routes, environment)
        SettingsEndpoints.addRoutes(to: &routes, environment)
        DeliveryEndpoints.addRoutes(to: &routes, environment)
        KeyEndpoints.addRoutes(to: &routes, environment)
        return routes
    }
}
