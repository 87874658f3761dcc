using System.Globalization;
using System.Text.Json.Nodes;
using Mempulse.RelaySim.Landing;

namespace Mempulse.RelaySim.Data;

/// <summary>The data API of a relay that delivered the blocks of the simulator, one a slot: a slot has the number of its block. Safe for any thread.</summary>
/// <remarks>flashbots/relay-specs, proposer_payload_delivered. The keys are made up.</remarks>
internal sealed class DeliveredBlocks
{
    /// <summary>Where it is asked.</summary>
    public const string Path = "/relay/v1/data/bidtraces/proposer_payload_delivered";

    private const int MaxBlocks = 10_000;
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    private static readonly string Builder = "0x" + new string('b', 96);
    private static readonly string Proposer = "0x" + new string('a', 96);

    private readonly Lock _lock = new();
    private readonly List<LandedBlock> _blocks = [];

    /// <summary>Notes a block.</summary>
    public void Add(LandedBlock block)
    {
        lock (_lock)
        {
            if (_blocks.Count == MaxBlocks)
            {
                _blocks.RemoveAt(0);
            }

            _blocks.Add(block);
        }
    }

    /// <summary>Answers a question: a list from the highest slot downwards, or null for one that is not valid.</summary>
    public JsonArray? Answer(string? slot, string? cursor, string? limit)
    {
        ulong wanted = 0;
        int most = DefaultLimit;
        bool isValid = (slot is null || cursor is null)
            && ((slot ?? cursor) is not { } text || ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out wanted))
            && (limit is null || (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= MaxLimit));
        if (!isValid)
        {
            return null;
        }

        lock (_lock)
        {
            return new JsonArray([.. _blocks.AsEnumerable().Reverse()
                .Where(block => (slot is null || block.Number.Value == wanted) && (cursor is null || block.Number.Value <= wanted))
                .Take(most)
                .Select(TraceOf)]);
        }
    }

    private static JsonObject TraceOf(LandedBlock block) => new()
    {
        ["slot"] = block.Number.ToString(),
        ["parent_hash"] = block.Built.ParentHash.ToString(),
        ["block_hash"] = block.Built.Hash.ToString(),
        ["builder_pubkey"] = Builder,
        ["proposer_pubkey"] = Proposer,
        ["proposer_fee_recipient"] = block.Built.FeeRecipient.ToString(),
        ["gas_limit"] = block.Built.GasLimit.ToString(),
        ["gas_used"] = block.Built.GasUsed.ToString(),
        ["value"] = block.Value.ToString(),
        ["num_tx"] = block.Built.TransactionCount.ToString(CultureInfo.InvariantCulture),
        ["block_number"] = block.Number.ToString(),
    };
}
