import ArgumentParser
import Domain
import UseCases

/// `docket deliveries`.
struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "The deliveries of a tenant that were given up.",
        subcommands: [List.self, Redeliver.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists them, the last first, without their content.")

        @Option(help: "The tenant's slug.")
        var tenant: String

        @Option(help: "Only those to the webhook endpoint of this id.")
        var endpoint: String?

        @Option(help: "At most so many.")
        var limit = 100

        @OptionGroup var database: OperatorDatabase

        func validate() throws {
            if let endpoint, WebhookEndpointID(endpoint) == nil { throw ValidationError("--endpoint must be an id") }
            guard (1...1_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000") }
        }

        func run() async throws {
            var filter = DeadDeliveryFilter()
            filter.endpoint = endpoint.flatMap { WebhookEndpointID($0) }
            let rows = try await database.withTenant(tenant) { [filter, limit] environment, tenant in
                try await DeadDeliveries(environment: environment).list(in: tenant, filter: filter, limit: limit)
            }
            print(Self.table(rows))
        }

        static func table(_ rows: [DeadDelivery]) -> String {
            TextTable.render(
                [["id", "given up at", "receiver", "ticket", "event", "attempts", "reason"]]
                    + rows.map { row in
                        [
                            row.id.description, row.diedAt.millisecondText, row.endpoint?.description ?? row.recipients.joined(separator: " "),
                            row.ticket?.description ?? "-", row.eventType ?? "-", String(row.attempts), row.reason,
                        ]
                    }
            )
        }
    }

    struct Redeliver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Has one made again, or an endpoint's or all mails: at most 1000, the oldest first."
        )

        @Option(help: "The tenant's slug.")
        var tenant: String

        @Option(help: "Those to the webhook endpoint of this id.")
        var endpoint: String?

        @Flag(help: "All mails, such as those that a mail server refused whose settings are mended now.")
        var mail = false

        @Argument(help: "The delivery's id, as `docket deliveries list` shows it.")
        var id: String?

        @OptionGroup var database: OperatorDatabase

        func validate() throws {
            let choices = [id != nil, endpoint != nil, mail]
            guard choices.count(where: { $0 }) == 1 else { throw ValidationError("name a delivery, an --endpoint or --mail") }
            if let id, OutboxMessageID(id) == nil { throw ValidationError("the delivery's id is not an id") }
            if let endpoint, WebhookEndpointID(endpoint) == nil { throw ValidationError("--endpoint must be an id") }
        }

        func run() async throws {
            let outcome = try await database.withTenant(tenant) { [id, endpoint, mail] environment, tenant in
                let deliveries = DeadDeliveries(environment: environment)
                do {
                    if mail { return try await deliveries.redeliverMails(in: tenant, limit: DeadDeliveries.maximumRedelivery) }
                    return try await Self.redeliver(id: id, endpoint: endpoint, of: tenant, deliveries)
                } catch UseCaseError.notFound {
                    throw CommandFailure("the tenant has no such \(id == nil ? "endpoint" : "delivery")")
                } catch DeliveryRefusal.endpointInactive {
                    throw CommandFailure("the webhook endpoint is disabled or gone")
                }
            }
            guard case .done(let redelivery) = outcome else { return }
            print("redelivered \(redelivery.count)\(redelivery.hasMore ? ", there are more" : "")")
        }

        private static func redeliver(
            id: String?,
            endpoint: String?,
            of tenant: TenantID,
            _ deliveries: DeadDeliveries
        ) async throws -> WriteOutcome<DeadDeliveries.Redelivery> {
            if let id = id.flatMap({ OutboxMessageID($0) }) { return try await deliveries.redeliver(id, in: tenant) }
            guard let endpoint = endpoint.flatMap({ WebhookEndpointID($0) }) else { throw UseCaseError.notFound }
            return try await deliveries.redeliverAll(of: endpoint, in: tenant, filter: DeadDeliveryFilter(), limit: DeadDeliveries.maximumRedelivery)
        }
    }
}
