// swift-tools-version: 6.2
import PackageDescription

/// One list for every target: warnings are errors, and the language's coming strictness is on today.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let metricsTestKit: Target.Dependency = .product(name: "MetricsTestKit", package: "swift-metrics")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func main(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "docket",
    products: [
        .executable(name: "docket", targets: ["docket"]),
        .executable(name: "docket-api", targets: ["docket-api"]),
        .executable(name: "docket-dispatcher", targets: ["docket-dispatcher"]),
        .executable(name: "docket-scheduler", targets: ["docket-scheduler"]),
        .executable(name: "docket-courier", targets: ["docket-courier"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", path: "Sources/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMalloc"),

        // Foundations: know no tickets.
        library("Postgres", ["CLibPQ", logging, metrics, lifecycle, deque, crypto]),
        library("Telemetry", [logging, metrics, coreMetrics, lifecycle, unixSignals, hummingbird, hummingbirdCore, httpTypes, nioCore]),

        library("Pacing"),

        // The rules: no I/O, no clock.
        library("Domain"),

        // The only SQL, then the only writers of tickets.
        library("Store", ["Domain", "Postgres", logging, metrics]),
        library("UseCases", ["Domain", "Store", crypto, logging]),

        // The doors and the engines.
        library(
            "HTTPAPI",
            [
                "Domain", "UseCases", hummingbird, hummingbirdCore, httpTypes, nioCore, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, crypto, logging,
                metrics, lifecycle,
            ]
        ),
        library("Dispatcher", ["Domain", "Pacing", "UseCases", logging, metrics, lifecycle]),
        library("Scheduler", ["Domain", "Pacing", "UseCases", deque, logging, metrics, lifecycle]),
        library(
            "Courier",
            [
                "Domain", "UseCases", "Telemetry", httpClient, httpTypes, nioCore, nioHTTP1, nioPosix, nioSSL, crypto, logging, metrics,
                lifecycle,
            ]
        ),

        // What a deployment stands on: a database server, its schema, the configuration, the time zones.
        library("Deployment", ["Domain", "Postgres", configuration, subprocess, systemPackage, logging, lifecycle]),

        // Wiring, and what the command line does.
        library(
            "Runtime",
            [
                "CMalloc", "Deployment", "Domain", "Postgres", "Store", "UseCases", "Telemetry", "HTTPAPI", "Dispatcher", "Scheduler", "Courier",
                configuration, crypto, nioCore, logging, metrics, lifecycle,
            ]
        ),
        library(
            "Operations",
            [
                "Domain", "Deployment", "Postgres", "Store", "UseCases", "HTTPAPI", "Telemetry", "Runtime", configuration, hummingbird, httpClient,
                httpTypes, nioCore, nioHTTP1, arguments, logging, lifecycle,
            ]
        ),
        library("TestSupport", ["Deployment", "Domain", "Postgres", "Store", "UseCases", logging]),

        main("docket", ["Operations", "Runtime"]),
        main("docket-api", ["Runtime"]),
        main("docket-dispatcher", ["Runtime"]),
        main("docket-scheduler", ["Runtime"]),
        main("docket-courier", ["Runtime"]),
        // For scripts/bench only: load generators and floors.
        main("docket-bench", ["CLibPQ", "Postgres", arguments, nioCore, nioPosix, logging]),

        tests("PostgresTests", ["Postgres", "TestSupport", logging]),
        tests("TelemetryTests", ["Telemetry", logging, metrics, coreMetrics, hummingbird, httpTypes, lifecycle, hummingbirdTesting]),
        tests("PacingTests", ["Pacing"]),
        tests("DomainTests", ["Domain"]),
        tests("StoreTests", ["Store", "TestSupport", "UseCases", "Domain", "Deployment", "Postgres", "CLibPQ", metricsTestKit]),
        tests("UseCasesTests", ["UseCases", "Deployment", "TestSupport", "Store", "Domain"]),
        tests(
            "HTTPAPITests",
            [
                "HTTPAPI", "Deployment", "TestSupport", "UseCases", "Store", "Domain", "Postgres", hummingbirdTesting, hummingbird, httpTypes,
                nioCore, nioEmbedded, nioHTTPTypes, nioPosix, crypto, logging, lifecycle,
            ]
        ),
        tests(
            "DispatcherTests",
            ["Dispatcher", "Deployment", "TestSupport", "UseCases", "Store", "Domain", "Postgres", "Telemetry", coreMetrics, logging, lifecycle]
        ),
        tests("SchedulerTests", ["Scheduler", "Deployment", "TestSupport", "UseCases", "Store", "Domain", "Postgres", logging, lifecycle]),
        tests(
            "CourierTests",
            [
                "Courier", "TestSupport", "UseCases", "Store", "Postgres", "Domain", "Telemetry", hummingbird, httpTypes, httpClient, nioCore,
                nioPosix, nioSSL,
                crypto, logging, lifecycle,
            ]
        ),
        tests(
            "OperationsTests",
            [
                "Operations", "Runtime", "Telemetry", "Deployment", "TestSupport", "Domain", "Store", "Postgres", "HTTPAPI", "UseCases", subprocess,
                systemPackage, arguments, configuration, logging, lifecycle,
            ]
        ),
        // The real executables, which `swift build --build-tests` builds beside the tests.
        tests(
            "SystemTests",
            [
                "Deployment", "Domain", "Postgres", "TestSupport", httpClient, hummingbird, httpTypes, nioCore, nioHTTP1, nioPosix, subprocess,
                systemPackage, logging, lifecycle,
            ]
        ),
    ]
)
