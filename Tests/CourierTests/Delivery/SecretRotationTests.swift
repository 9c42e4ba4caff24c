import Courier
import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Webhook secrets that change while deliveries go on (api.md 7): a real courier, a real receiver, and a clock that is moved.
@Suite struct SecretRotationTests {
    /// And a moment: processes carry a reading of the clock forward.
    private static let hour = 3_610.0

    @Test("During an overlap both secrets sign; then the old one is dropped by itself, and forgotten")
    func overlap() async throws {
        try await RotationDesk.with { desk in
            let first = try await desk.create()
            #expect(try await desk.signers() == [first.revealed])
            let second = try await desk.rotate()
            #expect(try await desk.signers() == [second.revealed, first.revealed])
            #expect(try await desk.endpoint().version == 2)
            // The receiver knows one of them: a signature among others is enough.
            try await desk.advance(by: 23 * Self.hour)
            #expect(try await desk.signers() == [second.revealed, first.revealed])
            try await desk.keepHouse()
            #expect(try await desk.endpoint().version == 2)

            try await desk.advance(by: Self.hour)
            #expect(try await desk.signers() == [second.revealed])
            #expect(try await desk.endpoint().content.earlierSecrets.count == 1)
            try await desk.keepHouse()
            let endpoint = try await desk.endpoint()
            #expect(endpoint.content.earlierSecrets.isEmpty && endpoint.version == 3)
            #expect(try await desk.signers() == [second.revealed])
        }
    }

    @Test("Each earlier secret has its own end; at most four sign, and an overlap of 0 ends all earlier ones at once")
    func several() async throws {
        try await RotationDesk.with { desk in
            let first = try await desk.create()
            let second = try await desk.rotate(overlap: WebhookEndpointContent.overlapSeconds.upperBound)
            let third = try await desk.rotate(overlap: 3_600)
            let fourth = try await desk.rotate(overlap: 7_200)
            #expect(try await desk.signers() == [fourth.revealed, third.revealed, second.revealed, first.revealed])
            await #expect(throws: UseCaseError.self) { try await desk.rotate() }
            try await desk.advance(by: Self.hour)
            try await desk.keepHouse()
            #expect(try await desk.endpoint().content.earlierSecrets.count == 2)
            #expect(try await desk.signers() == [fourth.revealed, third.revealed, first.revealed])
            let fifth = try await desk.rotate(overlap: 60)
            #expect(try await desk.signers() == [fifth.revealed, fourth.revealed, third.revealed, first.revealed])
            let last = try await desk.rotate(overlap: 0)
            #expect(try await desk.signers() == [last.revealed])
            #expect(try await desk.endpoint().content.earlierSecrets.isEmpty)
            for overlap in [-1, 604_801] { await #expect(throws: UseCaseError.self) { try await desk.rotate(overlap: overlap) } }
        }
    }

    @Test("Earlier secrets are sealed, survive edits, and are sealed anew with the present one; what no key opens holds nothing up")
    func sealing() async throws {
        try await RotationDesk.with { desk in
            let first = try await desk.create()
            let second = try await desk.rotate()
            let plain = try await desk.database.sql(
                """
                SELECT count(*) FROM docket.webhook_endpoint w, unnest(array_prepend(w.sealed_secret, w.earlier_secrets)) AS s (secret)
                WHERE position('whsec_'::bytea IN s.secret) > 0
                """
            )
            #expect(plain == [["0"]])
            try await desk.edit()
            #expect(try await desk.signers() == [second.revealed, first.revealed])

            let key = MasterKey()
            let vault = WebhookSecretVault(SecretBox(MasterKeyRing(current: key, earlier: [desk.masterKey])))
            let renewal = SecretRenewal(environment: desk.environment, vault: vault)
            #expect(try await renewal.run(in: desk.tenant) == SecretRenewal.Report(renewed: 2))
            #expect(try await renewal.run(in: desk.tenant) == SecretRenewal.Report(current: 2))
            #expect(try await desk.signers(masterKey: key) == [second.revealed, first.revealed])

            let lost = MasterKey()
            let foreign = try WebhookSecretVault(SecretBox(current: lost)).seal(first, of: try await desk.endpoint().id, in: desk.tenant)
            let hexadecimal = foreign.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            try await desk.database.sql("UPDATE docket.webhook_endpoint SET earlier_secrets = ARRAY['\\x\(hexadecimal)'::bytea]")
            #expect(try await renewal.run(in: desk.tenant).unreadable.count == 1)
            #expect(try await desk.signers(masterKey: key) == [second.revealed])
        }
    }
}
