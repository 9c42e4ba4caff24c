public import Domain
import Store

extension TicketQueries {
    /// A page of a ticket's bookings, in order, cancelled ones too.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func bookings(of id: TicketID, in tenant: TenantID, after: BookingID?, limit: Int) async throws -> [Booking] {
        let page = LoadTicketBookings(tenant: tenant, ticket: id, after: after, limit: limit)
        return try found(await environment.database.rows(page, of: id, in: tenant))
    }

    /// One booking of a ticket.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func booking(_ id: BookingID, of ticket: TicketID, in tenant: TenantID) async throws -> Booking {
        try found(await environment.database.first(LoadBooking(tenant: tenant, ticket: ticket, id: id), of: tenant))
    }

    /// What a resource is booked for from now on, in the order of the ends; after a booking where one is named.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func bookings(
        of resource: ResourceID,
        in tenant: TenantID,
        after: (end: Timestamp, id: BookingID)?,
        limit: Int
    ) async throws -> [Booking] {
        let start = (end: try await environment.clock.now(), id: BookingID.lowest)
        let page = LoadResourceBookings(tenant: tenant, resource: resource, after: after ?? start, limit: limit)
        return try found(await environment.database.rows(page, of: resource, as: ResourceContent.self, in: tenant))
    }
}
