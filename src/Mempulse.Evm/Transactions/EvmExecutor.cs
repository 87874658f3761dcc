using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Validity;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Execution;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Precompiles;
using Mempulse.Evm.State;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Transactions;

/// <summary>Executes transactions: validation, fees, execution, refunds. Yellow Paper, section 6.</summary>
/// <remarks>Confined to one thread; reuses its stack, memory and frames for the next transaction.</remarks>
public sealed class EvmExecutor
{
    private readonly RunContext _context = new();
    private readonly Interpreter _interpreter;

    /// <summary>Creates an executor whose ECRECOVER precompile uses <paramref name="recovery"/>.</summary>
    public EvmExecutor(ISenderRecovery recovery) => _interpreter = new Interpreter(_context, new PrecompileSet(recovery));

    /// <summary>Executes <paramref name="transaction"/> on <paramref name="state"/> as part of <paramref name="block"/>.</summary>
    /// <remarks>For any outcome but <see cref="TxExecution.Executed"/> the state is unchanged, except for cached reads.</remarks>
    public TxExecution ExecuteTransaction(BlockEnv block, EvmTransaction transaction, WorldState state)
    {
        var tracer = default(NoTracer);
        return ExecuteTransaction(block, transaction, state, ref tracer);
    }

    /// <summary>Executes within limits, under a tracer that can end the run.</summary>
    internal TxExecution ExecuteTransaction<TTracer>(
        BlockEnv block, EvmTransaction transaction, WorldState state, RunLimits limits, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        _context.Limits = limits;
        tracer.Begin(_context);
        var execution = ExecuteTransaction(block, transaction, state, ref tracer);
        _context.Limits = RunLimits.None;
        return execution;
    }

    /// <summary>Executes under a tracer.</summary>
    internal TxExecution ExecuteTransaction<TTracer>(BlockEnv block, EvmTransaction transaction, WorldState state, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        state.BeginTransaction();
        var accessList = AccessListSize.Of(transaction.AccessList);
        var intrinsic = IntrinsicGas.Of(transaction.Input.Span, transaction.Recipient, accessList, transaction.Authorizations.Count, block.Rules.Fork);
        var rejection = TxValidation.Check(transaction, block, intrinsic, state);
        if (state.Gap is not null || rejection != TxRejection.None)
        {
            return state.Gap is { } gap ? new TxExecution.StateMissing(gap) : new TxExecution.Invalid(rejection);
        }

        var start = state.TakeSnapshot();
        var fees = TxFees.Of(transaction, block);
        Begin(block, transaction, state, fees);
        var result = Run(transaction, state, (long)transaction.GasLimit - (long)intrinsic.Intrinsic.Value, ref tracer);
        if (state.Gap is not null || _context.Exceeded != RunLimit.None)
        {
            state.Revert(start);
            return state.Gap is { } missing ? new TxExecution.StateMissing(missing) : new TxExecution.LimitExceeded(_context.Exceeded);
        }

        return End(block, transaction, state, fees, intrinsic, result);
    }

    /// <summary>Executes a system call, without fee, nonce and value; returns its output, empty when there is no code, null when the call fails.</summary>
    internal ReadOnlyMemory<byte>? ExecuteSystemCall(
        BlockEnv block, in Address caller, in Address target, ReadOnlySpan<byte> input, long gas, WorldState state)
    {
        state.BeginTransaction();
        Enter(block, state, new TransactionEnv(caller, default, default));
        if (block.Rules.HasWarmAccess)
        {
            state.WarmPrecompiles(block.Rules);
        }

        var request = _context.Request;
        request.Kind = FrameKind.Call;
        request.Gas = gas;
        request.Caller = caller;
        request.Target = request.CodeSource = target;
        request.Value = default;
        request.TransfersValue = true;
        request.IsStatic = false;
        var tracer = default(NoTracer);
        var result = _interpreter.Run(input, ref tracer);
        // Not a conditional expression: its null would convert to an empty output.
        ReadOnlyMemory<byte>? output = null;
        if (result.IsSuccess)
        {
            output = _context.ReturnData.Bytes.ToArray();
        }

        state.EndTransaction(block.Rules);
        return output;
    }

    private void Enter(BlockEnv block, WorldState state, in TransactionEnv transaction)
    {
        if (!ReferenceEquals(_context.Block, block))
        {
            // Expensive to compute (BigInteger), so once per block.
            _context.BlobBaseFee = block.BlobBaseFee;
            _context.Block = block;
        }

        _context.Exceeded = RunLimit.None;
        _context.Rules = block.Rules;
        _context.State = state;
        _context.Transaction = transaction;
    }

    private void Begin(BlockEnv block, EvmTransaction transaction, WorldState state, in TxFees fees)
    {
        Enter(block, state, new TransactionEnv(transaction.Sender, fees.GasPrice, transaction.BlobHashes));
        var sender = state.Get(transaction.Sender);
        state.SubtractBalance(sender, (fees.GasPrice * transaction.GasLimit) + fees.BlobFee);
        state.SetNonce(sender, sender.Nonce + 1);
        if (block.Rules.HasWarmAccess)
        {
            Warming.Apply(block, transaction, state);
        }

        AuthorizationList.Apply(block, transaction, state);

        // Only Shanghai warms the coinbase, but every fork pays it after execution, when missing state could no longer end the run.
        _ = state.Get(block.Coinbase);
    }

    private FrameResult Run<TTracer>(EvmTransaction transaction, WorldState state, long gas, ref TTracer tracer)
        where TTracer : struct, IRunTracer
    {
        var request = _context.Request;
        request.Kind = transaction.Recipient is null ? FrameKind.Create : FrameKind.Call;
        request.Gas = gas;
        request.Caller = transaction.Sender;
        request.Target = request.CodeSource = transaction.Recipient ?? default;
        request.Value = transaction.Value;
        request.TransfersValue = true;
        request.IsStatic = false;
        if (_context.Rules.HasDelegations && transaction.Recipient is { } recipient
            && state.CodeOf(state.Get(recipient)).TryGetDelegate(out var delegated))
        {
            state.WarmAccount(state.Get(delegated));
        }

        return _interpreter.Run(transaction.Input.Span, ref tracer);
    }

    private TxExecution.Executed End(
        BlockEnv block, EvmTransaction transaction, WorldState state, in TxFees fees, in IntrinsicGas intrinsic, in FrameResult result)
    {
        long limit = (long)transaction.GasLimit;
        long spent = limit - result.GasLeft;
        // For a failed run the counter was reverted, except for the refunds of EIP-7702 authorisations.
        long refund = Math.Min(state.Refund, spent / block.Rules.MaxRefundQuotient);
        long used = Math.Max(spent - refund, (long)intrinsic.Floor.Value);
        state.AddBalance(state.Get(transaction.Sender), fees.GasPrice * (ulong)(limit - used));
        Reward(block, state, fees.Tip * (ulong)used);
        var output = result.IsSuccess || result.Status == Status.Revert ? _context.ReturnData.Bytes.ToArray() : [];
        state.EndTransaction(block.Rules);
        return new TxExecution.Executed(result.Status, (ulong)used, (ulong)refund, output, result.Created);
    }

    /// <summary>Pays the coinbase, also a zero reward: before EIP-161 that creates the account.</summary>
    private static void Reward(BlockEnv block, WorldState state, in UInt256 reward) =>
        state.AddBalance(state.Get(block.Coinbase), reward);
}
