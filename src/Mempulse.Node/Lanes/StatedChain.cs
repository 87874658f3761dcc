using System.Buffers.Binary;
using System.Text.Json;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>What a node states about its chain.</summary>
internal sealed record StatedChain
{
    private const string BlockSuffix = "Block";
    private const string TimeSuffix = "Time";

    /// <summary>Hash of block 0.</summary>
    public required Hash256 Genesis { get; init; }

    /// <summary>Time of block 0, Unix seconds.</summary>
    public required ulong GenesisTime { get; init; }

    /// <summary>The node's head.</summary>
    public required ulong Head { get; init; }

    /// <summary>The network id; null if the node does not state it.</summary>
    public ulong? NetworkId { get; init; }

    /// <summary>The method that stated the forks; null if none did.</summary>
    public string? ForksFrom { get; init; }

    /// <summary>Forks by block number, ascending.</summary>
    public IReadOnlyList<ulong> ForkBlocks { get; init; } = [];

    /// <summary>Forks by time, ascending, after block 0.</summary>
    public IReadOnlyList<ulong> ForkTimes { get; init; } = [];

    /// <summary>The fork id hash at the node's head; null if it is not stated.</summary>
    public uint? ForkHash { get; init; }

    /// <summary>Takes the forks of a chain configuration, as in a genesis file: the fields that end in Block and Time.</summary>
    public StatedChain WithConfiguration(JsonElement configuration, string method)
    {
        if (configuration.ValueKind != JsonValueKind.Object)
        {
            return this;
        }

        var fields = configuration.EnumerateObject().Where(static field => field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetUInt64(out _)).ToList();
        return this with
        {
            ForksFrom = method,
            ForkBlocks = [.. fields.Where(static field => field.Name.EndsWith(BlockSuffix, StringComparison.Ordinal)).Select(static field => field.Value.GetUInt64()).Where(static block => block > 0).Distinct().Order()],
            ForkTimes = TimesOf(fields.Where(static field => field.Name.EndsWith(TimeSuffix, StringComparison.Ordinal)).Select(static field => field.Value.GetUInt64())),
        };
    }

    /// <summary>Takes the forks of an answer to eth_config (EIP-7910): the current, the next and the last one by time, and the fork id.</summary>
    public StatedChain WithForkConfigurations(JsonElement answer, string method)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("current"u8, out var current) || current.ValueKind != JsonValueKind.Object)
        {
            return this;
        }

        var times = answer.EnumerateObject()
            .Where(static fork => fork.Value.ValueKind == JsonValueKind.Object)
            .Select(static fork => fork.Value.TryGetProperty("activationTime"u8, out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetUInt64(out ulong seconds) ? seconds : 0);
        Span<byte> hash = stackalloc byte[sizeof(uint)];
        bool isStated = current.TryGetProperty("forkId"u8, out var forkId) && RpcHex.TryReadData(forkId, hash);
        return this with
        {
            ForksFrom = method,
            ForkTimes = TimesOf(times),
            ForkHash = isStated && hash.ContainsAnyExcept((byte)0) ? BinaryPrimitives.ReadUInt32BigEndian(hash) : null, // a development node states zeros
        };
    }

    private IReadOnlyList<ulong> TimesOf(IEnumerable<ulong> times) => [.. times.Where(time => time > GenesisTime).Distinct().Order()];
}
