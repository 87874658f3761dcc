using System.Reflection;
using Mempulse.Architecture.Tests.Projects;
using Mempulse.Ethereum.Verification;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Architecture.Tests.Verification;

/// <summary>Only verified bodies are recorded as decoded: raw bytes, decoded, verified and recorded are stages, and no code can skip one.</summary>
public sealed class VerifiedBodyTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const string Encoding = "Mempulse.Primitives.Events.EventEncoding";
    private const string Decoded = "Mempulse.Primitives.Events.LogEvent/TxDecoded";
    private const string Verified = "Mempulse.Ethereum.Verification.VerifiedTx";

    [Fact]
    public void Only_verification_creates_a_verified_transaction()
    {
        Assert.All(typeof(VerifiedTx).GetConstructors(All), constructor => Assert.True(constructor.IsPrivate));
        Assert.Equal([$"{Verified}.TryVerify"], CallersOf(Verified, ".ctor"));
    }

    [Fact]
    public void Only_a_verified_transaction_is_encoded_as_decoded() => Assert.Equal([$"{Verified}.AddTo"], CallersOf(Encoding, "AddDecoded"));

    [Fact]
    public void A_decoded_event_comes_only_from_a_record_and_is_immutable()
    {
        Assert.All(typeof(LogEvent.TxDecoded).GetConstructors(All), constructor => Assert.False(constructor.IsPublic));
        Assert.All(typeof(LogEvent.TxDecoded).GetProperties(All), property => Assert.Null(property.SetMethod));
        Assert.Equal([$"{Decoded}.<Clone>$", $"{Decoded}.Read"], CallersOf(Decoded, ".ctor").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_lane_posts_facts_other_than_sightings_and_bodies_unchanged()
    {
        var ready = Assert.Single(typeof(IngestItem).GetMethods(All), method => method.Name == nameof(IngestItem.Ready));

        Assert.Equal([typeof(LaneFact), typeof(SourceId), typeof(UnixNanoseconds)], ready.GetParameters().Select(parameter => parameter.ParameterType));
        Assert.Equal(
            [
                "AccountNonceObserved", "BlockIngestDropped", "BlockObserved", "ChainGap", "FinalityViolated", "PeerConnected", "PeerDialFailed", "PeerLost", "ReceiptsObserved",
                "ReorgDetected", "SourceConnected", "SourceLost", "TxIngestDropped", "TxLeft",
            ],
            typeof(LogEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LaneFact))).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("new LogEvent.TxDecoded(default, default, tx)", "CS1729")] // no constructor
    [InlineData("decoded with { Sender = default }", "CS0200")] // read-only
    [InlineData("batch.AddDecoded(default, default, tx, default)", "CS1061")] // no such method
    [InlineData("new VerifiedTx(default, default, default)", "CS1729")]
    [InlineData("IngestItem.Ready(decoded, default, default)", "CS1503")] // not a LaneFact
    [InlineData("IngestItem.Ready(new LogEvent.TxSeen(default, default), default, default)", "CS1503")]
    [InlineData("IngestItem.Ready(new LogEvent.ChainGap(default, default, string.Empty), default, default)", null)]
    [InlineData("LogEvent.Decode(default)", null)]
    public void Unverified_bytes_cannot_be_recorded_as_decoded(string expression, string? error)
    {
        string code = $$"""
            using Mempulse.Ethereum.Verification;
            using Mempulse.Net.Ingest;
            using Mempulse.Primitives.Events;
            using Mempulse.Primitives.Records;

            internal static class Attempt
            {
                public static object? Try(LogEvent.TxDecoded decoded, NormalizedTx tx, EventBatch batch) => {{expression}};
            }
            """;

        Assert.Equal(error is null ? [] : [error], Compilation.ErrorsOf(code));
    }

    [Fact]
    public void Canary_a_caller_is_found()
    {
        using var here = Mono.Cecil.AssemblyDefinition.ReadAssembly(typeof(VerifiedBodyTests).Assembly.Location);

        Assert.Equal([$"{typeof(VerifiedBodyTests).FullName}.Canary"], CallScan.CallersOf(here, Encoding, nameof(EventEncoding.AddSeen)));
    }

    private static List<string> CallersOf(string type, string method) => [.. Project.Shipped.SelectMany(project =>
    {
        using var assembly = Assemblies.Read(project);
        return CallScan.CallersOf(assembly, type, method).ToList();
    })];

    private static void Canary(EventBatch batch) => batch.AddSeen(default, default, default);
}
