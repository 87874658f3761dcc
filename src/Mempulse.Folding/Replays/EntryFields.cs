using System.Globalization;
using Mempulse.Features.Opportunities;
using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Views;

namespace Mempulse.Folding.Replays;

/// <summary>Reads entries of a folded state as named fields, so that two states can be compared field by field. Changes nothing.</summary>
/// <remarks>Used by the engine's thread, between records. An entry that the state does not hold has no fields.</remarks>
internal sealed class EntryFields
{
    private static readonly TxState[] _states = [.. Enum.GetValues<TxState>().Where(static state => state != TxState.Unknown)];

    private readonly ReplayEngine _engine;
    private readonly Dictionary<Hash256, ChainBlock> _canonical;

    /// <summary>Begins to read a state.</summary>
    public EntryFields(ReplayEngine engine)
    {
        _engine = engine;
        _canonical = engine.Pool.CanonicalBlocks().ToDictionary(static block => block.Hash);
    }

    /// <summary>The counters of the whole state.</summary>
    public IReadOnlyList<EntryField> Counters()
    {
        var pool = _engine.Pool;
        List<EntryField> fields = [.. _states.Select(state => Of($"txs.{state}", (ulong)pool.CountOf(state)))];
        Add(fields, "head", pool.Head is { } head ? $"{head.Number} {head.Hash}" : null);
        Add(fields, "final", pool.Final?.ToString());
        if (_engine.FindView<IOpportunityView>()?.Counts is { } opps)
        {
            fields.AddRange([Of("opps.open", (ulong)opps.Open), Of("opps.closed", (ulong)opps.Closed), Of("opps.triggers", (ulong)opps.Triggers)]);
        }

        return fields;
    }

    /// <summary>The fields of an entry; none if the state does not hold it.</summary>
    public IReadOnlyList<EntryField> Read(EventKey entry) => entry.Kind switch
    {
        KeyKind.Tx => Tx(entry.Value),
        KeyKind.Sender => Sender(entry.ToAddress()),
        KeyKind.Block => Block(entry.Value),
        KeyKind.Opp => Opp(entry.Value),
        KeyKind.Bundle => Bundle(entry.Value),
        _ => [],
    };

    /// <summary>The fields that two readings have with different values, in the order of the second reading; those that only the first has come last.</summary>
    public static IReadOnlyList<FieldChange> Compare(IReadOnlyList<EntryField> before, IReadOnlyList<EntryField> after)
    {
        var was = before.ToDictionary(static field => field.Name, static field => field.Value, StringComparer.Ordinal);
        List<FieldChange> changes = [];
        foreach (var field in after)
        {
            was.Remove(field.Name, out string? old);
            if (old != field.Value)
            {
                changes.Add(new FieldChange(field.Name, old, field.Value));
            }
        }

        changes.AddRange(before.Where(field => was.ContainsKey(field.Name)).Select(static field => new FieldChange(field.Name, field.Value, null)));
        return changes;
    }

    private List<EntryField> Tx(Hash256 hash)
    {
        List<EntryField> fields = [];
        if (!_engine.Pool.TryGetTx(hash, out var tx))
        {
            var left = _engine.Pool.StateOf(hash);
            Add(fields, "status", left == TxState.Unknown ? null : left.ToString());
            return fields;
        }

        Add(fields, "status", tx.State.ToString());
        Add(fields, "sender", tx.Sender?.ToString());
        Add(fields, "nonce", tx.Nonce?.ToString());
        if (tx.Body is { } body)
        {
            Add(fields, "maxFeePerGas", body.MaxFeePerGas.ToString());
            Add(fields, "maxPriorityFeePerGas", body.MaxPriorityFeePerGas.ToString());
        }

        if (tx.Inclusion is { } inclusion)
        {
            Add(fields, "block", $"{inclusion.Number} [{inclusion.Index}]");
            Add(fields, "blockHash", inclusion.Block.ToString());
            Add(fields, "outcome", inclusion.Outcome.ToString());
        }

        Add(fields, "replacedBy", tx.ReplacedBy?.ToString());
        Add(fields, "replaces", tx.Replaces?.ToString());
        if (_engine.Observations.Find(hash) is { } seen)
        {
            fields.Add(Of("sightings", seen.Sightings));
            Add(fields, "firstSource", seen.FirstSource);
        }

        return fields;
    }

    private List<EntryField> Sender(Address address)
    {
        List<EntryField> fields = [];
        if (_engine.Pool.TryGetSender(address, out var account))
        {
            Add(fields, "nextNonce", account.Next?.ToString());
            Add(fields, "nextNonceKnown", account.Knowledge.ToString());
            Add(fields, "readyEnd", account.ReadyEnd.ToString());
            fields.Add(Of("nonces", (ulong)account.NonceCount));
            fields.Add(Of("nonceGaps", (ulong)account.Gaps.Count));
        }

        return fields;
    }

    private List<EntryField> Block(Hash256 hash)
    {
        List<EntryField> fields = [];
        if (_canonical.TryGetValue(hash, out var block))
        {
            Add(fields, "number", block.Number.ToString());
            Add(fields, "canonical", "true");
            Add(fields, "receipts", block.LacksReceipts ? "some missing" : "complete");
            Add(fields, "final", _engine.Pool.Final is { } final && block.Number <= final ? "true" : "false");
        }

        return fields;
    }

    private List<EntryField> Opp(Hash256 id)
    {
        List<EntryField> fields = [];
        if (_engine.FindView<IOpportunityView>() is { } opps && opps.TryGet(id, out var opp))
        {
            Add(fields, "status", opp.Status.ToString());
            Add(fields, "end", opp.End == OppEnd.None ? null : opp.End.ToString());
            Add(fields, "by", opp.By?.ToString());
            Add(fields, "strategy", opp.Detected.Strategy);
            Add(fields, "handedOn", opp.IsHandedOn ? "true" : "false");
            if (opp.Simulation is { } simulation)
            {
                Add(fields, "sim", simulation.Sim.ToString());
                Add(fields, "simOutcome", simulation.Category == FailureCategory.None ? "succeeded" : simulation.Category.ToString());
                Add(fields, "profit", simulation.Profit.ToString());
            }
        }

        return fields;
    }

    private List<EntryField> Bundle(Hash256 id)
    {
        List<EntryField> fields = [];
        if (_engine.FindView<IBundleView>() is { } bundles && bundles.TryGet(id, out var bundle))
        {
            Add(fields, "end", bundle.End == BundleEnd.None ? null : bundle.End.ToString());
            Add(fields, "verdict", bundle.Outcome?.Verdict.ToString());
            Add(fields, "strength", bundle.Outcome?.Strength.ToString());
            Add(fields, "targetBlock", bundle.TargetBlock?.ToString());
            fields.Add(Of("requests", (ulong)bundle.Requests.Count));
            Add(fields, "examined", bundle.IsExamined ? "true" : "false");
        }

        return fields;
    }

    private static EntryField Of(string name, ulong value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    private static void Add(List<EntryField> fields, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            fields.Add(new EntryField(name, value));
        }
    }
}
