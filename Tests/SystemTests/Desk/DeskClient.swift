import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Sends single requests; a request that gets no answer throws.
struct DeskClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let body: Data

        /// A text member of the body.
        func text(_ name: String) -> String? {
            (try? JSONSerialization.jsonObject(with: body) as? [String: Any])?[name] as? String
        }
    }

    private let client: HTTPClient

    static func with<Result: Sendable>(_ body: (DeskClient) async throws -> Result) async throws -> Result {
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow, timeout: .init(connect: .seconds(2)), decompression: .disabled)
        settings.httpVersion = .http1Only
        settings.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            let result = try await body(DeskClient(client: client))
            try await client.shutdown()
            return result
        } catch {
            // The body's error says more than one of the shutdown.
            try? await client.shutdown()
            throw error
        }
    }

    func get(_ url: String, bearer: String? = nil, within seconds: Int64 = 10) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        if let bearer { request.headers.add(name: "authorization", value: "Bearer \(bearer)") }
        return try await execute(request, seconds)
    }

    func send(_ method: String, _ url: String, bearer: String, json: String?, key: String?) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .RAW(value: method)
        request.headers.add(name: "authorization", value: "Bearer \(bearer)")
        if let key { request.headers.add(name: "idempotency-key", value: "\"\(key)\"") }
        if let json {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: json))
        }
        return try await execute(request, 20)
    }

    private func execute(_ request: HTTPClientRequest, _ seconds: Int64) async throws -> Answer {
        let response = try await client.execute(request, timeout: .seconds(seconds))
        let body = try await response.body.collect(upTo: 1 << 20)
        return Answer(status: Int(response.status.code), body: Data(body.readableBytesView))
    }
}
