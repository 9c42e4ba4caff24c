import ArgumentParser
import Domain
import HTTPAPI
import UseCases

/// `docket key`.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "The API keys of a tenant.",
        subcommands: [Create.self, List.self, Revoke.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Issues a key and prints it, once.")

        @Option(help: "The tenant's slug.")
        var tenant: String

        @Option(
            parsing: .upToNextOption,
            help: "What the key may do, for example tickets:read; everything but look after keys (keys:read, keys:write) unless told."
        )
        var scopes: [String] = []

        @Option(help: "What people call it.")
        var name = "key"

        @Option(help: "The id of the agent that the key acts for.")
        var agent: String?

        @Flag(help: "Whoever asks through it is a VIP.")
        var vip = false

        @Option(help: "P1 to P4: no ticket that comes through it is less urgent.")
        var priorityFloor: String?

        @Option(help: "The id of the queue at which its tickets come in.")
        var queue: String?

        @Option(help: "When it ends, RFC 3339 (2027-01-31T00:00:00Z); never unless told.")
        var expires: String?

        @OptionGroup var database: OperatorDatabase

        private var floor: Priority? { priorityFloor.flatMap { text in Priority.allCases.first { "P\($0.rawValue)" == text } } }

        func validate() throws {
            for scope in scopes where Scope(rawValue: scope) == nil {
                throw ValidationError("unknown scope \(scope); there are \(Scope.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            if let agent, AgentID(agent) == nil { throw ValidationError("--agent must be an id") }
            if let queue, QueueID(queue) == nil { throw ValidationError("--queue must be an id") }
            if priorityFloor != nil, floor == nil { throw ValidationError("--priority-floor must be one of P1, P2, P3, P4") }
            if let expires, Timestamp(expires) == nil { throw ValidationError("--expires must be a time like 2027-01-31T00:00:00Z") }
        }

        func run() async throws {
            let key = try await database.withAdministration { [self] administration in
                let tenant = try await administration.tenant(slug: tenant)
                return try await KeyIssuing.issue(
                    named: name,
                    scopes: scopes,
                    agent: agent.flatMap { AgentID($0) },
                    intake: IntakeProfile(isVIP: vip, priorityFloor: floor, queueID: queue.flatMap { QueueID($0) }),
                    expiresAt: expires.flatMap { Timestamp($0) },
                    in: tenant.id,
                    by: administration
                )
            }
            print(key.revealed)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the keys of a tenant, without the keys themselves.")

        @Option(help: "The tenant's slug.")
        var tenant: String

        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            let (keys, now) = try await database.withAdministration { [tenant] administration in
                let id = try await administration.tenant(slug: tenant).id
                var keys = try await administration.keys.list(of: id)
                var page = keys
                while page.count == APIKeys.maximumPage, let last = page.last {
                    page = try await administration.keys.list(of: id, after: last.id)
                    keys += page
                }
                return (keys, try await administration.now())
            }
            print(KeyTable.render(keys, now: now))
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a key; servers may answer to it for ten seconds more.")

        @Option(help: "The tenant's slug.")
        var tenant: String

        @Argument(help: "The key's id, as `docket key list` shows it.")
        var id: String

        @Flag(help: "Ends all keys that it made, too, and all that these made.")
        var withDescendants = false

        @OptionGroup var database: OperatorDatabase

        func run() async throws {
            guard let key = APIKeyID(id) else { throw ValidationError("the key's id is not an id") }
            try await database.withAdministration { [tenant, withDescendants] administration in
                let owner = try await administration.tenant(slug: tenant).id
                do {
                    _ = try await administration.keys.revoke(key, of: owner, withDescendants: withDescendants)
                } catch UseCaseError.notFound {
                    throw CommandFailure("the tenant has no such key")
                }
            }
            print("revoked")
        }
    }
}
