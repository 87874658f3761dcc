using Mempulse.Evm.Blocks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Executes one transaction, records the requested parts, and enforces the limits.</summary>
/// <remarks>For a single transaction. Confined to the thread of the executor.</remarks>
public sealed class RunRecorder
{
    private readonly StepDigest? _steps;
    private readonly TraceParts _parts;
    private RunContext? _context;
    private CallTree? _calls;
    private PrestateTracker? _prestate;

    /// <summary>Creates a recorder of <paramref name="parts"/> within <paramref name="limits"/>.</summary>
    public RunRecorder(RunLimits limits, TraceParts parts)
    {
        Limits = limits;
        _parts = parts;
        _steps = parts.HasFlag(TraceParts.StepDigest) ? new StepDigest() : null;
    }

    /// <summary>The limits of the run.</summary>
    public RunLimits Limits { get; }

    /// <summary>The call tree; null when the transaction did not run.</summary>
    public CallRecord? Calls => _calls?.Root;

    /// <summary>Size of the call tree in bytes, as counted towards <see cref="RunLimits.MaxTraceBytes"/>.</summary>
    public long TraceBytes => _calls?.Bytes ?? 0;

    /// <summary>Number of executed instructions; one more when <see cref="RunLimits.MaxSteps"/> ended the run.</summary>
    public long StepCount { get; private set; }

    /// <summary>Digest over every instruction; zero unless requested.</summary>
    public Hash256 StepDigest { get; private set; }

    /// <summary>The accessed state; null unless requested.</summary>
    public Prestate? Prestate { get; private set; }

    /// <summary>Executes and records a transaction.</summary>
    /// <remarks>See <see cref="EvmExecutor.ExecuteTransaction(BlockEnv, EvmTransaction, WorldState)"/>.</remarks>
    public TxExecution Execute(EvmExecutor executor, BlockEnv block, EvmTransaction transaction, WorldState state)
    {
        _calls = new CallTree(state, Limits.MaxTraceBytes);
        _prestate = _parts.HasFlag(TraceParts.Prestate) ? new PrestateTracker(state) : null;
        _prestate?.Begin(transaction, block.Coinbase);
        var tracer = new RecordingTracer(this);
        var execution = executor.ExecuteTransaction(block, transaction, state, Limits, ref tracer);
        End(transaction, execution);
        return execution;
    }

    /// <summary>An additional observer of every instruction; null for none.</summary>
    internal IStepWatcher? Watcher { get; set; }

    internal void Begin(RunContext context) => _context = context;

    private void End(EvmTransaction transaction, TxExecution execution)
    {
        StepDigest = _steps?.Finish() ?? default;
        if (Calls is { } root)
        {
            root.Gas = transaction.GasLimit;
            root.GasUsed = execution is TxExecution.Executed executed ? executed.GasUsed : root.GasUsed;
        }

        Prestate = _prestate?.Finish();
        Watcher?.End(execution);
    }

    internal bool Step(ref Machine machine, byte instruction)
    {
        if (++StepCount > Limits.MaxSteps)
        {
            _context!.Exceeded = RunLimit.Steps;
            return false;
        }

        _steps?.Add(ref machine, instruction);
        Watcher?.Step(ref machine, instruction);
        _prestate?.Step(ref machine, instruction);
        return true;
    }

    internal void Enter(FrameRequest request, ReadOnlySpan<byte> input)
    {
        Watcher?.FinishStep();
        _calls!.Enter(request, input);
        _prestate?.Enter(request);
        CheckSize();
    }

    internal void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output)
    {
        Watcher?.FinishStep();
        _calls!.Exit(status, gasUsed, output);
        CheckSize();
    }

    internal void SelfDestructed(in Address account, in Address beneficiary, in UInt256 balance)
    {
        _calls!.SelfDestructed(account, beneficiary, balance);
        CheckSize();
    }

    private void CheckSize()
    {
        if (!_calls!.IsWithinLimit && _context!.Exceeded == RunLimit.None)
        {
            _context.Exceeded = RunLimit.TraceSize;
        }
    }
}
