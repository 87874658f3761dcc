using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Evm.State;
using Mempulse.JsonRpc.Calls;
using Mempulse.JsonRpc.Transports;
using Mempulse.Observability;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState;

/// <summary>One block's state from one node. As long as the node sends proofs, only proven values are accepted.</summary>
internal sealed class RpcBlockState(BlockHeader header, Hash256 hash, StateNode node, RpcStateOptions options, StateMeter meter, TimeProvider time) : IBlockState
{
    /// <summary>Attempts to fetch a proof whose failure may be transient.</summary>
    private const int MaxAsks = 3;

    private const int HashWindow = 256;

    private readonly FetchedState _known = new(meter);
    private volatile bool _isUnverified;

    /// <summary>The block.</summary>
    public Hash256 Hash => hash;

    /// <summary>Its header, which hashes to <see cref="Hash"/>.</summary>
    public BlockHeader Header => header;

    /// <summary>Approximate size in memory.</summary>
    public long SizeBytes => _known.SizeBytes;

    public IStateReader Reader => _known;

    public string Source => node.Name;

    public StateTrust Trust => _isUnverified ? StateTrust.Unverified : StateTrust.Verified;

    public async Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = await node.Prediction.PredictAsync(request, hash, cancellationToken).ConfigureAwait(false);
            await FetchAsync([.. wanted.Select(Unknown).Where(parts => parts is not null)!], cancellationToken).ConfigureAwait(false);
        }
        catch (RpcTransportException)
        {
            // A failed prediction only costs rounds: missed state is fetched later, and that failure is reported.
        }
    }

    public async Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken)
    {
        try
        {
            return gap switch
            {
                StateGap.OfAccount account => await FetchAsync([new AccountParts(account.Address, [])], cancellationToken).ConfigureAwait(false),
                StateGap.OfSlot slot => await FetchAsync([new AccountParts(slot.Address, [slot.Slot])], cancellationToken).ConfigureAwait(false),
                StateGap.OfCode code => await FetchCodeAsync(code, cancellationToken).ConfigureAwait(false),
                StateGap.OfBlockHash number => await FetchHashAsync(number, cancellationToken).ConfigureAwait(false),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (RpcTransportException)
        {
            return new SimOutcome.StateMissing(gap);
        }
    }

    public async Task<SimOutcome?> FetchSlotsAsync(IReadOnlyList<AccountParts> wanted, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcTransportException)
        {
            return new SimOutcome.StateMissing(GapOf(wanted[0]));
        }
    }

    private async Task<SimOutcome?> FetchAsync(IReadOnlyList<AccountParts> wanted, CancellationToken cancellationToken)
    {
        if (_isUnverified)
        {
            return await FetchUnprovenAsync(wanted, cancellationToken).ConfigureAwait(false);
        }

        var unproven = new List<AccountParts>();
        for (int asks = 0; wanted.Count > 0; asks++)
        {
            if (asks == MaxAsks)
            {
                // Unknown for now; the next caller asks again.
                return new SimOutcome.StateMissing(GapOf(wanted[0]));
            }

            await Task.Delay(options.RetryDelay * asks, time, cancellationToken).ConfigureAwait(false);
            var failed = new List<AccountParts>();
            if (await FetchProvenAsync(wanted, unproven, failed, cancellationToken).ConfigureAwait(false) is { } mismatch)
            {
                return mismatch;
            }

            wanted = failed;
        }

        return await FetchUnprovenAsync(unproven, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps what is proven, and separates what the node has no proofs for from what it could not answer now.</summary>
    private async Task<SimOutcome.StateMismatch?> FetchProvenAsync(
        IReadOnlyList<AccountParts> wanted, List<AccountParts> unproven, List<AccountParts> failed, CancellationToken cancellationToken)
    {
        using var answers = await node.Client.BatchAsync([.. wanted.SelectMany(parts => ProvenFetch.Calls(parts, hash))], cancellationToken).ConfigureAwait(false);
        int at = 0;
        for (int i = 0; i < wanted.Count; i++)
        {
            var proof = answers[at++];
            RpcAnswer? code = wanted[i].WithCode ? answers[at++] : null;
            if (ProvenFetch.HasNoProof(proof))
            {
                unproven.Add(wanted[i]);
                meter.ProofAbsent();
            }
            else if (!proof.HasResult)
            {
                failed.Add(wanted[i]);
                meter.ProofFailed();
            }
            else if (Take(wanted[i], proof, code) is { } mismatch)
            {
                return mismatch;
            }
        }

        return null;
    }

    private SimOutcome.StateMismatch? Take(AccountParts wanted, in RpcAnswer proof, RpcAnswer? code)
    {
        var mismatch = ProvenFetch.Take(_known, header.StateRoot, wanted, proof.Result, code, out bool isContradicted);
        if (mismatch is null)
        {
            meter.ProofVerified();
        }
        else
        {
            meter.ProofRefused();
        }

        if (isContradicted)
        {
            meter.ProofContradicted(node.Name);
        }

        return mismatch;
    }

    private async Task<SimOutcome?> FetchUnprovenAsync(IReadOnlyList<AccountParts> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return null;
        }

        if (options.LeastTrust == StateTrust.Verified)
        {
            return new SimOutcome.StateMissing(GapOf(wanted[0])) { Cause = GapCause.NotProven };
        }

        IReadOnlyList<RpcCall>[] calls = [.. wanted.Select(parts => UnprovenFetch.Calls(parts, hash))];
        using var answers = await node.Client.BatchAsync([.. calls.SelectMany(call => call)], cancellationToken).ConfigureAwait(false);
        RpcAnswer[] all = [.. answers];

        // Set before the values are added, so that no run reads them as verified.
        _isUnverified = true;
        int at = 0;
        for (int i = 0; i < wanted.Count; i++)
        {
            if (UnprovenFetch.Take(_known, wanted[i], all.AsSpan(at, calls[i].Count)) is { } gap)
            {
                return new SimOutcome.StateMissing(gap);
            }

            at += calls[i].Count;
        }

        return null;
    }

    private async Task<SimOutcome?> FetchCodeAsync(StateGap.OfCode gap, CancellationToken cancellationToken)
    {
        using var answers = await node.Client.BatchAsync([new RpcCall("eth_getCode", gap.Address.ToString(), RpcParameters.AtBlock(hash))], cancellationToken).ConfigureAwait(false);
        return CodeText.TryRead(answers[0], out _)
            ? ProvenFetch.TakeCode(_known, gap.Address, gap.CodeHash, answers[0])
            : new SimOutcome.StateMissing(gap);
    }

    /// <summary>Walks back from the base block and verifies each header against the hash that its child names.</summary>
    private async Task<SimOutcome?> FetchHashAsync(StateGap.OfBlockHash gap, CancellationToken cancellationToken)
    {
        ulong number = header.Number.Value;
        _known.Add(number, hash);
        var parent = header.ParentHash;
        for (int i = 0; i < HashWindow && number > gap.Number; i++)
        {
            number--;
            _known.Add(number, parent);
            if (number > gap.Number)
            {
                using var answers = await node.Client.BatchAsync([new RpcCall("eth_getBlockByHash", parent.ToString(), false)], cancellationToken).ConfigureAwait(false);
                if (!answers[0].HasResult || !RpcBlockReader.TryReadHeader(answers[0].Result, out var before, out _, out _) || before.ComputeHash() != parent)
                {
                    break;
                }

                parent = before.ParentHash;
            }
        }

        return number == gap.Number ? null : new SimOutcome.StateMissing(gap);
    }

    private static StateGap GapOf(AccountParts parts) =>
        parts.Slots.Count > 0 ? new StateGap.OfSlot(parts.Address, parts.Slots[0]) : new StateGap.OfAccount(parts.Address);

    /// <summary>The parts that are not known yet; null if all are.</summary>
    private AccountParts? Unknown(AccountParts wanted)
    {
        UInt256[] slots = [.. wanted.Slots.Where(slot => !_known.Has(wanted.Address, slot)).Take(AccountParts.MaxSlots)];
        return slots.Length > 0 || !_known.Has(wanted.Address) ? new AccountParts(wanted.Address, slots) : null;
    }
}
