public import Domain
import Store

/// Seals a tenant's secrets anew under the present master key, so that earlier ones can be put away (security.md 13).
public struct SecretRenewal: Sendable {
    /// What a run found.
    public struct Report: Hashable, Sendable {
        /// Sealed anew.
        public var renewed = 0
        /// Under the present key already.
        public var current = 0
        /// Endpoints with a secret that no given key opens.
        public var unreadable: [WebhookEndpointID] = []

        public init(renewed: Int = 0, current: Int = 0, unreadable: [WebhookEndpointID] = []) {
            self.renewed = renewed
            self.current = current
            self.unreadable = unreadable
        }
    }

    private static let page = 200
    private let environment: UseCaseEnvironment
    private let vault: WebhookSecretVault

    public init(environment: UseCaseEnvironment, vault: WebhookSecretVault) {
        self.environment = environment
        self.vault = vault
    }

    /// - Throws: ``StoreError``; what was renewed before stays so, and a second run goes on.
    public func run(in tenant: TenantID) async throws -> Report {
        var report = Report()
        var after: WebhookEndpointID?
        while true {
            let rows = try await environment.database.rows(ListSealedSecrets(tenant: tenant, after: after, limit: Self.page), of: tenant)
            guard let last = rows.last else { return report }
            for row in rows {
                for sealed in row.sealed { try await renew(sealed, of: row.endpoint, in: tenant, into: &report) }
            }
            after = last.endpoint
        }
    }

    private func renew(_ sealed: [UInt8], of endpoint: WebhookEndpointID, in tenant: TenantID, into report: inout Report) async throws {
        let renewed: [UInt8]?
        do {
            renewed = try vault.renewed(sealed, of: endpoint, in: tenant)
        } catch {
            if report.unreadable.last != endpoint { report.unreadable.append(endpoint) }
            return
        }
        guard let renewed else {
            report.current += 1
            return
        }
        let statement = ReplaceSealedSecret(tenant: tenant, endpoint: endpoint, old: sealed, new: renewed)
        // Where somebody made a new secret meanwhile, that is sealed under a key that his process has.
        if try await environment.database.affected(statement, of: tenant) > 0 { report.renewed += 1 } else { report.current += 1 }
    }
}
