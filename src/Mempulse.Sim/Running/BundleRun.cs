using System.Numerics;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.State;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Running;

/// <summary>A single execution of a bundle.</summary>
internal sealed class BundleRun(SimRequest request, EvmExecutor executor, EvmTransactionReader reader, WorldState state, Witness witness, StepTraceJson? steps)
{
    private readonly List<TxResult> _results = [];
    private readonly List<CallRecord> _calls = [];
    private readonly List<(EvmTransaction Transaction, Hash256 Hash)> _transactions = [];
    private long _steps;
    private long _traceBytes;

    public SimRun Run()
    {
        SimOutcome? outcome = CheckSize();
        outcome ??= Decode();
        var account = request.Account ?? (_transactions.Count > 0 ? _transactions[0].Transaction.Sender : Address.Zero);
        var block = request.Block.ToEnv();
        UInt256 coinbaseBefore = default;
        UInt256 accountBefore = default;
        if (outcome is null)
        {
            coinbaseBefore = state.BalanceOf(block.Coinbase);
            accountBefore = state.BalanceOf(account);
            outcome = state.Gap is { } gap ? new SimOutcome.StateMissing(gap) : Execute(block);
        }

        bool ran = _results.Count > 0;
        var trace = new BundleTrace().Write(_calls);
        return new SimRun(
            ToResult(outcome, account, trace) with
            {
                CoinbasePayment = ran ? Number(state.BalanceOf(block.Coinbase)) - Number(coinbaseBefore) : BigInteger.Zero,
                Profit = ran ? Number(state.BalanceOf(account)) - Number(accountBefore) : BigInteger.Zero,
            },
            trace,
            witness);
    }

    private SimResult ToResult(SimOutcome outcome, in Address account, byte[] trace)
    {
        var flows = new TokenFlows(account);
        ulong gas = 0;
        for (int i = 0; i < _results.Count; i++)
        {
            flows.Add(_results[i].Logs);
            gas += _results[i].GasUsed;
        }

        return new SimResult
        {
            SimId = SimRequestCodec.IdOf(request),
            EngineVersion = SimVersions.Engine,
            RulesVersion = SimVersions.Rules,
            Outcome = outcome,
            Trust = witness.Trust,
            Transactions = _results,
            GasUsed = gas,
            Account = account,
            TokenDeltas = flows.Finish(),
            LogsDigest = LogsDigest.Of(_results),
            TraceDigest = Keccak256.Hash(trace),
        };
    }

    private SimOutcome.LimitExceeded? CheckSize()
    {
        long bytes = 0;
        for (int i = 0; i < request.Transactions.Count; i++)
        {
            bytes += request.Transactions[i].Raw.Length;
        }

        return request.Transactions.Count > request.Limits.MaxTransactions || bytes > request.Limits.MaxBundleBytes
            ? new SimOutcome.LimitExceeded(SimLimit.BundleSize, 0)
            : null;
    }

    private SimOutcome? Decode()
    {
        ulong gas = 0;
        for (int i = 0; i < request.Transactions.Count; i++)
        {
            if (!reader.TryRead(request.Transactions[i].Raw.Span, out var transaction, out var hash, out var failure))
            {
                return new SimOutcome.UndecodableTransaction(i, failure.ToString());
            }

            if (transaction!.GasLimit > request.Limits.MaxGas - gas)
            {
                return new SimOutcome.LimitExceeded(SimLimit.Gas, i);
            }

            gas += transaction.GasLimit;
            _transactions.Add((transaction, hash));
        }

        return null;
    }

    private SimOutcome Execute(BlockEnv block)
    {
        if (request.Block.Start == BlockStart.SystemCalls)
        {
            new BlockExecutor(executor).Begin(block, request.Block.ParentBeaconRoot, request.Block.BaseHash, state);
            if (state.Gap is { } gap)
            {
                return new SimOutcome.StateMissing(gap);
            }
        }

        var space = new BlockSpace(block);
        for (int i = 0; i < _transactions.Count; i++)
        {
            if (Execute(block, space, i) is { } failure)
            {
                return failure;
            }
        }

        return new SimOutcome.Ok();
    }

    /// <summary>Executes a transaction; returns the outcome if it ends the bundle, otherwise null.</summary>
    private SimOutcome? Execute(BlockEnv block, BlockSpace space, int index)
    {
        var (transaction, hash) = _transactions[index];
        if (space.Check(transaction) is var refusal and not TxRejection.None)
        {
            return new SimOutcome.InvalidTransaction(index, refusal);
        }

        var before = state.BalanceOf(block.Coinbase);
        var parts = request.Steps == StepTracing.Digest ? TraceParts.StepDigest : TraceParts.None;
        var recorder = new RunRecorder(Limits(), parts);
        steps?.Watch(recorder);
        var execution = recorder.Execute(executor, block, transaction, state);
        _steps += recorder.StepCount;
        _traceBytes += recorder.TraceBytes;
        switch (execution)
        {
            case TxExecution.Invalid invalid:
                return new SimOutcome.InvalidTransaction(index, invalid.Reason);
            case TxExecution.StateMissing missing:
                return new SimOutcome.StateMissing(missing.Gap);
            case TxExecution.LimitExceeded exceeded:
                return new SimOutcome.LimitExceeded((SimLimit)exceeded.Limit, index);
            case TxExecution.Executed executed:
                space.Take(transaction, executed.GasUsed);
                Keep(recorder, executed, transaction.Sender, hash, before, state.BalanceOf(block.Coinbase));
                return executed.IsSuccess || request.Transactions[index].Revert == RevertPolicy.MayRevert ? null : Fail(index, executed);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static SimOutcome Fail(int index, TxExecution.Executed executed) => executed.Status == Status.Revert
        ? new SimOutcome.Reverted(index, RevertReason.Of(executed.Output.Span))
        : new SimOutcome.Halted(index, executed.Status);

    private void Keep(RunRecorder recorder, TxExecution.Executed executed, in Address sender, in Hash256 hash, in UInt256 before, in UInt256 after)
    {
        var logs = new List<LogEntry>(state.Logs);
        _calls.Add(recorder.Calls!);
        _results.Add(new TxResult(
            hash,
            sender,
            executed.Status,
            executed.GasUsed,
            executed.Output,
            executed.Created,
            logs,
            executed.Status == Status.Revert ? RevertReason.Of(executed.Output.Span) : null,
            after > before ? after - before : default,
            recorder.StepDigest));
    }

    /// <summary>The limits that remain after the preceding transactions.</summary>
    private RunLimits Limits() => new()
    {
        MaxSteps = request.Limits.MaxSteps - _steps,
        MaxMemoryBytes = Math.Max(request.Limits.MaxMemoryBytes, SimLimits.LeastMemoryBytes),
        MaxDepth = request.Limits.MaxDepth,
        MaxTraceBytes = request.Limits.MaxTraceBytes - _traceBytes,
    };

    private static BigInteger Number(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
