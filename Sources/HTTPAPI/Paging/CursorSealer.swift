public import Crypto
public import Domain

/// Seals cursors with AES-GCM, so that nobody can read, forge or carry them to another list or tenant (api.md 5).
public struct CursorSealer: Sendable {
    private static let formatVersion: UInt8 = 1

    private let key: SymmetricKey
    private let earlier: [SymmetricKey]
    private let lifetimeMicroseconds: Int64
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - key: 256 bits, the same in every process that answers for a deployment.
    ///   - earlier: keys that it replaced: positions in the change feed live longer than it takes to replace a key.
    ///   - lifetimeMicroseconds: how long a cursor is good, one day unless told.
    ///   - now: the time; cursors are the only thing it decides about.
    public init(
        key: SymmetricKey,
        earlier: [SymmetricKey] = [],
        lifetimeMicroseconds: Int64 = 86_400_000_000,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.key = key
        self.earlier = earlier
        self.lifetimeMicroseconds = lifetimeMicroseconds
        self.now = now
    }

    /// The text of a cursor for the caller.
    ///
    /// - Parameters:
    ///   - selection: the digest of the list: operation, filter and order.
    ///   - lifetimeMicroseconds: how long this one is good; the sealer's own unless told.
    func seal(_ cursor: Cursor, tenant: TenantID, selection: [UInt8], lifetimeMicroseconds: Int64? = nil) throws -> String {
        var plain: [UInt8] = []
        let lifetime = lifetimeMicroseconds ?? self.lifetimeMicroseconds
        plain.append(bigEndian: UInt64(bitPattern: now().adding(microseconds: lifetime).microseconds))
        plain.append(contentsOf: selection)
        cursor.encode(into: &plain)
        let box = try AES.GCM.seal(plain, using: key, authenticating: authenticated(tenant))
        var bytes: [UInt8] = [CursorSealer.formatVersion]
        bytes.append(contentsOf: box.nonce)
        bytes.append(contentsOf: box.ciphertext)
        bytes.append(contentsOf: box.tag)
        return Base64URL.encode(bytes)
    }

    /// Reads a cursor back.
    ///
    /// - Parameter parameter: by which it came.
    /// - Throws: 422 for one that was changed or belongs to another tenant, list, filter or order; 410 for one that is too old.
    func open(_ text: String, tenant: TenantID, selection: [UInt8], parameter: String = "cursor") throws(Problem) -> Cursor {
        guard text.utf8.count <= 4_096, let bytes = Base64URL.decode(text), bytes.first == CursorSealer.formatVersion, bytes.count > 29,
            let plain = decrypt(bytes, tenant: tenant), plain.count >= 8 + selection.count
        else { throw Self.invalid(parameter, "The cursor was not issued here.") }
        var rest = plain[...]
        guard let expiry = rest.takeBigEndian() else { throw Self.invalid(parameter, "The cursor was not issued here.") }
        guard rest.prefix(selection.count).elementsEqual(selection) else {
            throw Self.invalid(parameter, "The cursor belongs to another list, filter or order.")
        }
        guard now().microseconds < Int64(bitPattern: expiry) else {
            throw Problem(.cursorExpired, "Start again from the first page.")
        }
        guard let cursor = Cursor(decoding: rest.dropFirst(selection.count)) else { throw Self.invalid(parameter, "The cursor was not issued here.") }
        return cursor
    }

    /// - Returns: nil where the bytes were not sealed with one of the keys for this tenant; why does not matter to anybody.
    private func decrypt(_ bytes: [UInt8], tenant: TenantID) -> [UInt8]? {
        guard let nonce = try? AES.GCM.Nonce(data: bytes[1..<13]),
            let box = try? AES.GCM.SealedBox(nonce: nonce, ciphertext: bytes[13..<bytes.count - 16], tag: bytes[(bytes.count - 16)...])
        else { return nil }
        for key in [key] + earlier {
            if let plain = try? AES.GCM.open(box, using: key, authenticating: authenticated(tenant)) { return Array(plain) }
        }
        return nil
    }

    private func authenticated(_ tenant: TenantID) -> [UInt8] {
        var bytes = Array("docket cursor".utf8)
        bytes.append(CursorSealer.formatVersion)
        bytes.append(bigEndian: tenant.high)
        bytes.append(bigEndian: tenant.low)
        return bytes
    }

    private static func invalid(_ parameter: String, _ detail: String) -> Problem {
        Problem(.invalidCursor, errors: [FieldError(.parameter(parameter), .invalid, detail)])
    }
}
