using System.Globalization;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;

namespace Mempulse.Outcomes.Competition;

/// <summary>Executes the begin of a block and then the bundle. Confined to the thread of its executor.</summary>
/// <remarks>
/// Each of the block's transactions must use the gas and have the status that its receipt says; otherwise nothing is claimed. Of the bundle those
/// transactions are left out that the block has before the place: the victim of a backrun, for example. The block's gas limit does not bind the bundle: whether
/// there was room is another question than whether the state allowed it.
/// </remarks>
internal sealed class PlaceRun(EvmExecutor executor, CompetitionQuestion question, WorldState state)
{
    private static readonly RunLimits s_bundleLimits = new() { MaxSteps = 50_000_000, MaxMemoryBytes = 64 << 20, MaxTraceBytes = 16 << 20 };

    private readonly BlockSpace _space = new(question.Block);
    private Prestate? _before;

    /// <summary>Executes the first <paramref name="place"/> transactions of the block, then the bundle.</summary>
    public PlaceTrial Run(int place)
    {
        new BlockExecutor(executor).Begin(question.Block, question.ParentBeaconRoot, question.ParentHash, state);
        if (state.Gap is { } gap)
        {
            return new PlaceTrial.StateMissing(gap);
        }

        for (int i = 0; i < place; i++)
        {
            if (Follow(i, isLast: i == place - 1) is { } failure)
            {
                return failure;
            }
        }

        return Try(place);
    }

    /// <summary>Executes a transaction of the block; null if it did what its receipt says.</summary>
    private PlaceTrial? Follow(int index, bool isLast)
    {
        var placed = question.Transactions[index];
        if (_space.Check(placed.Transaction) is var refusal and not TxRejection.None)
        {
            return new PlaceTrial.Differs(index, $"is invalid at its place: {refusal}");
        }

        var recorder = new RunRecorder(RunLimits.None, isLast ? TraceParts.Prestate : TraceParts.None);
        var execution = isLast
            ? recorder.Execute(executor, question.Block, placed.Transaction, state)
            : executor.ExecuteTransaction(question.Block, placed.Transaction, state);
        switch (execution)
        {
            case TxExecution.StateMissing missing:
                return new PlaceTrial.StateMissing(missing.Gap);
            case TxExecution.Executed executed when executed.IsSuccess == placed.Succeeded && executed.GasUsed == placed.GasUsed:
                _space.Take(placed.Transaction, executed.GasUsed);
                _before = recorder.Prestate;
                return null;
            case TxExecution.Executed executed:
                return new PlaceTrial.Differs(index, string.Create(
                    NumberFormatInfo.InvariantInfo,
                    $"{(executed.IsSuccess ? "succeeds" : "fails")} with {executed.GasUsed} gas where its receipt says that it {(placed.Succeeded ? "succeeded" : "failed")} with {placed.GasUsed}"));
            default:
                return new PlaceTrial.Differs(index, $"cannot be executed at its place: {execution}");
        }
    }

    private PlaceTrial Try(int place)
    {
        List<Prestate> read = [];
        TokenGain? sum = new TokenGain(default, default, IsVerified: true);
        for (int i = 0; i < question.Bundle.Count; i++)
        {
            var leg = question.Bundle[i];
            if (IsBefore(place, leg.Hash))
            {
                continue;
            }

            var recorder = new RunRecorder(s_bundleLimits, TraceParts.Prestate);
            var execution = recorder.Execute(executor, question.Block, leg.Transaction, state);
            if (execution is TxExecution.StateMissing missing)
            {
                return new PlaceTrial.StateMissing(missing.Gap);
            }

            if (recorder.Prestate is { } touched)
            {
                read.Add(touched);
            }

            if (FailureOf(i, leg, execution) is { } failure)
            {
                return new PlaceTrial.Tried(Pays: false, default, failure, read, _before);
            }

            sum = TokenGain.Of(state.Logs, question.Token, question.Account) is { } gain ? sum?.Plus(gain) : null;
        }

        var net = sum?.Net ?? default;
        bool pays = !net.IsLoss && !net.Amount.Value.IsZero;
        return new PlaceTrial.Tried(pays, net, pays ? $"gains {net} wei" : $"gains nothing ({net} wei)", read, _before);
    }

    /// <summary>Why the bundle does not hold after one of its transactions; null if it does.</summary>
    private static string? FailureOf(int index, BundleLeg leg, TxExecution execution) => execution switch
    {
        TxExecution.Executed executed when executed.IsSuccess || leg.MayRevert => null,
        TxExecution.Executed executed => string.Create(NumberFormatInfo.InvariantInfo, $"fails: its transaction {index} ends with {executed.Status}"),
        TxExecution.Invalid invalid => string.Create(NumberFormatInfo.InvariantInfo, $"fails: its transaction {index} is invalid ({invalid.Reason})"),
        _ => string.Create(NumberFormatInfo.InvariantInfo, $"fails: its transaction {index} reaches a limit of execution"),
    };

    private bool IsBefore(int place, in Hash256 transaction)
    {
        for (int i = 0; i < place; i++)
        {
            if (question.Transactions[i].Hash == transaction)
            {
                return true;
            }
        }

        return false;
    }
}
