using System.Globalization;
using System.Text.Json;
using Mempulse.Devp2p.Forks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Endpoints;
using Mempulse.JsonRpc.Transports;
using Mempulse.Node.Options;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>Completes the settings of the peer-to-peer network from a node of the same chain: genesis, network id and forks. Settings are kept.</summary>
internal static class PeerChainReader
{
    private const string ConfigurationMethod = "debug_chainConfig";
    private const string ForkMethod = "eth_config";
    private const string NodeMethod = "admin_nodeInfo";
    private static readonly RpcConnectionOptions _patience = new() { CallRetries = 0, CallTimeout = TimeSpan.FromSeconds(5), RateLimitPatience = TimeSpan.FromSeconds(5) };

    /// <summary>Asks the endpoints one by one until one states its block 0.</summary>
    /// <exception cref="IOException">The chain is not built in, has no genesis in the settings, and no endpoint states one.</exception>
    public static async Task<PeerChain> CompleteAsync(PeerSettings settings, IReadOnlyList<RpcEndpoint> endpoints, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var endpoint in endpoints)
        {
            try
            {
                return Complete(settings, await ReadAsync(endpoint, new ChainId(settings.Chain), time, cancellationToken), endpoint.Shown);
            }
            catch (Exception failure) when (failure is RpcTransportException or InvalidDataException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                problems.Add($"{endpoint.Shown}: {failure.Message}");
            }
        }

        bool isKnown = settings.Genesis is not null || PeerInput.BuiltIn(settings.Chain) is not null;
        return isKnown || problems.Count == 0
            ? PeerChain.Of(settings)
            : throw new IOException($"Cannot read block 0 of chain {settings.Chain} from any node ({string.Join("; ", problems)}). Give its hash with --genesis.");
    }

    private static PeerChain Complete(PeerSettings settings, StatedChain stated, string node)
    {
        if (settings.Genesis is { } given && (!Hash256.TryParse(given, out var genesis) || genesis != stated.Genesis))
        {
            return PeerChain.Of(settings) with { Notes = [$"{node} has genesis {stated.Genesis}, not the configured {given}: nothing is taken from it."] };
        }

        if (settings.Genesis is null && PeerInput.BuiltIn(settings.Chain) is { } known && known.Genesis == stated.Genesis)
        {
            return PeerChain.Of(settings) with { HeadBlock = stated.Head };
        }

        bool hasForks = settings.ForkBlocks.Count + settings.ForkTimes.Count > 0;
        var completed = settings with
        {
            Genesis = stated.Genesis.ToString(),
            GenesisTime = settings.GenesisTime ?? stated.GenesisTime,
            NetworkId = settings.NetworkId ?? stated.NetworkId,
            ForkBlocks = hasForks ? settings.ForkBlocks : stated.ForkBlocks,
            ForkTimes = hasForks ? settings.ForkTimes : stated.ForkTimes,
        };
        string forks = hasForks ? "forks as configured"
            : stated.ForksFrom is null ? "which does not state its forks: give them with --fork-block and --fork-time if there are any after block 0"
            : $"forks by block {ListOf(stated.ForkBlocks)} and by time {ListOf(stated.ForkTimes)} ({stated.ForksFrom})";
        string taken = string.Create(CultureInfo.InvariantCulture, $"network {completed.NetworkId ?? settings.Chain}, genesis {stated.Genesis} at {completed.GenesisTime}, from {node}; {forks}");
        return new PeerChain(completed, stated.Head, [taken, .. Contradiction(completed, stated, node)]);
    }

    /// <summary>If the stated fork id does not follow from the forks, some are missing.</summary>
    private static IEnumerable<string> Contradiction(PeerSettings settings, StatedChain stated, string node)
    {
        var computed = PeerInput.ForksOf(settings).At(new ForkPoint(stated.Head, (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        if (stated.ForkHash is { } hash && hash != computed.Hash)
        {
            yield return $"The fork id of {node} is 0x{hash:x8}, but these forks give 0x{computed.Hash:x8}: some forks are missing. Give all of them with --fork-block and --fork-time.";
        }
    }

    private static async Task<StatedChain> ReadAsync(RpcEndpoint endpoint, ChainId chain, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var client = new RpcClient(endpoint.CallUrl, _patience, time, new RpcMeter(UnhostedMeters.Shared, chain, "start"));
        ulong served = await AskAsync(client, new RpcCall("eth_chainId"), static answer => RpcHex.TryReadUInt64(answer, out ulong id) ? id : 0, cancellationToken);
        if (served != chain.Value)
        {
            throw new InvalidDataException($"The node serves chain {served}.");
        }

        var stated = await AskAsync(client, new RpcCall("eth_getBlockByNumber", "0x0", false), static block => block.ValueKind == JsonValueKind.Object
                && RpcHex.TryReadHash(Field(block, "hash"), out var genesis)
                && RpcHex.TryReadUInt64(Field(block, "timestamp"), out ulong began)
            ? new StatedChain { Genesis = genesis, GenesisTime = began, Head = 0 }
            : throw new InvalidDataException("The node does not return its block 0."), cancellationToken);
        ulong head = await AskAsync(client, new RpcCall("eth_blockNumber"), static answer => RpcHex.TryReadUInt64(answer, out ulong number) ? number : 0, cancellationToken);
        ulong? network = await AskAsync(client, new RpcCall("net_version"), NetworkOf, cancellationToken);
        return await ReadForksAsync(client, stated with { Head = head, NetworkId = network }, cancellationToken);
    }

    /// <summary>Nodes state their forks through different methods, and many not at all.</summary>
    private static async Task<StatedChain> ReadForksAsync(RpcClient client, StatedChain stated, CancellationToken cancellationToken)
    {
        var read = await AskAsync(client, new RpcCall(NodeMethod), answer => stated.WithConfiguration(Field(Field(Field(answer, "protocols"), "eth"), "config"), NodeMethod), cancellationToken);
        read = read.ForksFrom is null ? await AskAsync(client, new RpcCall(ConfigurationMethod), answer => stated.WithConfiguration(answer, ConfigurationMethod), cancellationToken) : read;
        return read.ForksFrom is null ? await AskAsync(client, new RpcCall(ForkMethod), answer => stated.WithForkConfigurations(answer, ForkMethod), cancellationToken) : read;
    }

    private static async Task<T> AskAsync<T>(RpcClient client, RpcCall call, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var answers = await client.CallAsync(call, cancellationToken);
        return read(answers[0].Result);
    }

    private static ulong? NetworkOf(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.String && ulong.TryParse(answer.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id) && id > 0 ? id : null;

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : default;

    private static string ListOf(IReadOnlyList<ulong> numbers) => numbers.Count == 0 ? "none" : string.Join(", ", numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
}
