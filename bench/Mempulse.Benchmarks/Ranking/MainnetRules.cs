using Mempulse.Benchmarks.Ethereum;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Mainnet;

namespace Mempulse.Benchmarks.Ranking;

/// <summary>The shipped registry as the rules of a log, and calls of mainnet that it gives a meaning to.</summary>
internal sealed class MainnetRules : IRulesContents
{
    /// <summary>The block from which on calls are taken.</summary>
    private const ulong Recent = 22_431_080;

    private readonly byte[] _file = File.ReadAllBytes(Path);

    public MainnetRules() => Registry = RegistryReader.Read(_file);

    /// <summary>Where the registry is.</summary>
    public static string Path => RealTransactions.Find("registry/mempulse.json");

    /// <summary>The registry.</summary>
    public ContractRegistry Registry { get; }

    /// <summary>The fact that puts it in force.</summary>
    public LogEvent.RulesLoaded Loaded => new(RuleSet.Registry, Registry.ContentHash, (ulong)_file.Length, "mempulse.json");

    /// <inheritdoc/>
    public string Place => "memory";

    /// <summary>Calls of recent blocks, in their order.</summary>
    public static IReadOnlyList<IncludedCall> Calls() =>
    [
        .. IncludedCalls.Load(System.IO.Path.GetDirectoryName(RealTransactions.Find("tests/vectors/mainnet/blocks-rpc.tar.zst"))!).Where(static call => call.Block.Value >= Recent && call.Target is not null),
    ];

    /// <inheritdoc/>
    public bool TryRead(in Hash256 hash, out ReadOnlyMemory<byte> content)
    {
        content = _file;
        return hash == Registry.ContentHash;
    }
}
