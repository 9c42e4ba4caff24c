import Domain
import Store
import TestSupport
import Testing
import UseCases

@Suite struct WebhookEndpointTests {
    @Test("The secret is shown once, kept sealed, and survives edits; only its own endpoint opens it")
    func secrets() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let created = try await commands.createWebhookEndpoint(url: "https://example.com/hook", eventTypes: ["ticket.created"], in: id).done()
            let secret = created.secret.revealed
            #expect(secret.hasPrefix("whsec_"))
            #expect("\(created.secret)" == "[redacted]")
            let stored = try await desk.queries.load(created.endpoint.id, as: WebhookEndpointContent.self, in: id)
            #expect(stored == created.endpoint)
            #expect(try desk.vault.open(stored.content.sealedSecret, of: stored.id, in: id).revealed == secret)
            #expect(throws: SecretBox.Failure.damaged) {
                try desk.vault.open(stored.content.sealedSecret, of: WebhookEndpointID(high: 1, low: 1), in: id)
            }
            let rows = try await desk.number(
                "SELECT count(*) FROM docket.webhook_endpoint w WHERE position('whsec_'::bytea IN w.sealed_secret) > 0 OR w::text LIKE '%\(secret)%'"
            )
            #expect(rows == 0)

            let edited = try await commands.updateWebhookEndpoint(stored.id, in: id, expectedVersion: 1) {
                var content = $0
                content.status = .disabled
                content.sealedSecret = []
                return content
            }.done()
            #expect(edited.content.sealedSecret == stored.content.sealedSecret)
            let rotated = try await commands.rotateWebhookSecret(of: stored.id, in: id).done()
            #expect(rotated.secret.revealed != secret)
            #expect(try desk.vault.open(rotated.endpoint.content.sealedSecret, of: stored.id, in: id).revealed == rotated.secret.revealed)
        }
    }

    @Test("After a renewal the present master key alone opens every secret; what no key opens is told and stays")
    func renewal() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let mine = try await commands.createWebhookEndpoint(url: "https://example.com/hook", in: id).done()
            let lost = try await commands.createWebhookEndpoint(url: "https://example.com/lost", in: id).done().endpoint
            let foreign = try WebhookSecretVault(SecretBox(current: MasterKey())).seal(mine.secret, of: lost.id, in: id)
            let hexadecimal = foreign.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            try await desk.database.sql("UPDATE docket.webhook_endpoint SET sealed_secret = '\\x\(hexadecimal)' WHERE id = '\(lost.id)'")
            let key = MasterKey()
            let renewal = SecretRenewal(
                environment: desk.environment,
                vault: WebhookSecretVault(SecretBox(MasterKeyRing(current: key, earlier: [MasterKey(), desk.masterKey])))
            )
            #expect(try await renewal.run(in: id) == SecretRenewal.Report(renewed: 1, current: 0, unreadable: [lost.id]))
            let stored = try await desk.queries.load(mine.endpoint.id, as: WebhookEndpointContent.self, in: id)
            #expect(stored.version == mine.endpoint.version)
            let onlyNew = WebhookSecretVault(SecretBox(current: key))
            #expect(try onlyNew.open(stored.content.sealedSecret, of: stored.id, in: id).revealed == mine.secret.revealed)
            #expect(try await renewal.run(in: id) == SecretRenewal.Report(renewed: 0, current: 1, unreadable: [lost.id]))
            #expect(try await desk.queries.load(lost.id, as: WebhookEndpointContent.self, in: id).content.sealedSecret == foreign)
        }
    }

    @Test("Switching an endpoint on or off and removing it is seen by commands")
    func status() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let endpoint = try await commands.createWebhookEndpoint(url: "https://example.com/hook", in: id).done().endpoint
            let cache = ConfigurationCache(database: desk.environment.database, zones: OnlyUTC())
            let first = try await cache.configuration(of: id)
            #expect(first.hasWebhooks)
            try await desk.database.sql("UPDATE docket.webhook_endpoint SET status = 'disabled', failing_since = now()")
            let on = try await commands.updateWebhookEndpoint(endpoint.id, in: id) {
                var content = $0
                content.status = .active
                return content
            }.done()
            #expect(on.content.failingSince == nil)
            // Another address has not failed yet; another note says nothing of the address.
            for (url, isFailing) in [("https://example.com/hook", true), ("https://example.com/other", false)] {
                try await desk.database.sql("UPDATE docket.webhook_endpoint SET failing_since = now()")
                let edited = try await commands.updateWebhookEndpoint(endpoint.id, in: id) {
                    var content = $0
                    (content.url, content.note) = (url, "to \(url)")
                    return content
                }.done()
                #expect((edited.content.failingSince != nil) == isFailing)
            }
            let stale = try await refusal { try await commands.deleteWebhookEndpoint(endpoint.id, in: id, expectedVersion: 1) }
            guard case .versionMismatch(4) = stale else {
                Issue.record("an old version was deleted: \(String(describing: stale))")
                return
            }
            try await commands.deleteWebhookEndpoint(endpoint.id, in: id, expectedVersion: 4)
            #expect(try await desk.queries.list(WebhookEndpointContent.self, in: id, limit: 10).isEmpty)
            await cache.forget(id, version: first.version)
            let last = try await cache.configuration(of: id)
            #expect(!last.hasWebhooks)
            #expect(last.version > first.version)
        }
    }

    @Test("An endpoint by which agents are reached is not removed; the first of them are named")
    func reachesAgents() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let pager = try await commands.createWebhookEndpoint(url: "https://example.com/pager", in: id).done().endpoint
            let other = try await commands.createWebhookEndpoint(url: "https://example.com/other", in: id).done().endpoint
            let channels = NotificationSettings(channels: [.email, .webhook(pager.id)])
            var agents: [AgentID] = []
            for number in 0...DirectoryCommands.maximumReachedAgents {
                let agent = try await commands.createAgent(AgentContent(name: "A", email: "a\(number)@example.com"), in: id).done()
                try await commands.setNotifications(channels, of: agent.id, in: id)
                agents.append(agent.id)
            }
            let error = try await refusal { try await commands.deleteWebhookEndpoint(pager.id, in: id) }
            guard case .reachesAgents(let named) = error else {
                Issue.record("it was deleted: \(String(describing: error))")
                return
            }
            #expect(named == Array(agents.sorted().prefix(DirectoryCommands.maximumReachedAgents)))
            #expect(try await desk.queries.list(WebhookEndpointContent.self, in: id, limit: 10).count == 2)
            try await commands.deleteWebhookEndpoint(other.id, in: id)
            for agent in agents { try await commands.setNotifications(NotificationSettings(), of: agent, in: id) }
            try await commands.deleteWebhookEndpoint(pager.id, in: id)
            #expect(try await desk.queries.list(WebhookEndpointContent.self, in: id, limit: 10).isEmpty)
        }
    }

    @Test("An endpoint that a level of an escalation chain calls is not removed; the chain is named")
    func calledByAChain() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let pager = try await commands.createWebhookEndpoint(url: "https://example.com/pager", in: id).done().endpoint
            let other = try await commands.createWebhookEndpoint(url: "https://example.com/other", in: id).done().endpoint
            @Sendable func content(_ endpoint: WebhookEndpointID) -> EscalationChainContent {
                EscalationChainContent(name: "Duty", levels: [EscalationLevel(targets: [.supervisor, .webhook(endpoint)], timeout: 600)])
            }
            let chain = try await commands.createEscalationChain(content(pager.id), in: id).done()
            let error = try await refusal { try await commands.deleteWebhookEndpoint(pager.id, in: id) }
            guard case .conflict(let reason) = error else {
                Issue.record("it was deleted: \(String(describing: error))")
                return
            }
            #expect(reason.contains(chain.id.description))
            _ = try await commands.updateEscalationChain(chain.id, in: id) { _ in content(other.id) }
            try await commands.deleteWebhookEndpoint(pager.id, in: id)
        }
    }

    @Test("Addresses that nothing may be sent to, and kinds that are none, are refused")
    func refusals() async throws {
        try await DirectoryDesk.with { desk in
            let error = try await refusal {
                _ = try await desk.commands.createWebhookEndpoint(
                    url: "http://127.0.0.1/",
                    note: String(repeating: "x", count: 501),
                    eventTypes: ["ticket.created", "ticket.craeted", "sla.*", "ticket.created"],
                    in: desk.id
                )
            }
            #expect(error?.pointers == ["/url", "/description", "/event_types/1", "/event_types/2", "/event_types/3"])
            guard case .invalid(let problems)? = error else { return }
            #expect(problems.map(\.code) == [.addressRefused, .outOfRange, .notAllowed, .notAllowed, .duplicate])
            #expect(problems.filter { $0.code == .notAllowed }.allSatisfy { $0.detail.contains("ticket.created, ") })
        }
    }

    @Test("A kind that an earlier version took stays, and hinders no edit; another unknown one does not come beside it")
    func storedKinds() async throws {
        try await DirectoryDesk.with { desk in
            let endpoint = try await desk.commands.createWebhookEndpoint(url: "https://example.com/hook", in: desk.id).done().endpoint
            try await desk.database.sql("UPDATE docket.webhook_endpoint SET event_types = '{ticket.archived}' WHERE id = '\(endpoint.id)'")
            let edited = try await desk.commands.updateWebhookEndpoint(endpoint.id, in: desk.id) {
                var content = $0
                content.note = "kept"
                content.eventTypes.append("ticket.created")
                return content
            }.done()
            #expect(edited.content.eventTypes == ["ticket.archived", "ticket.created"])
            let error = try await refusal {
                _ = try await desk.commands.updateWebhookEndpoint(endpoint.id, in: desk.id) {
                    var content = $0
                    content.eventTypes.append("ticket.closed")
                    return content
                }
            }
            #expect(error?.pointers == ["/event_types/2"])
        }
    }
}
