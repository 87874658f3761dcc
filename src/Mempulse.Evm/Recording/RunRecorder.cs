using Mempulse.Evm.Blocks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Sees one transaction run and keeps what was asked for; ends the run at its limits.</summary>
/// <remarks>For one transaction; confined to the thread of its executor.</remarks>
public sealed class RunRecorder
{
    private readonly StepDigest? _steps;
    private readonly TraceParts _parts;
    private RunContext? _context;
    private CallTree? _calls;
    private PrestateTracker? _prestate;

    /// <summary>A recorder that keeps these parts within these limits.</summary>
    public RunRecorder(RunLimits limits, TraceParts parts)
    {
        Limits = limits;
        _parts = parts;
        _steps = parts.HasFlag(TraceParts.StepDigest) ? new StepDigest() : null;
    }

    /// <summary>What the run may use.</summary>
    public RunLimits Limits { get; }

    /// <summary>The tree of calls; null when the transaction was invalid and did not run.</summary>
    public CallRecord? Calls => _calls?.Root;

    /// <summary>What the tree of calls counts as, in bytes, towards <see cref="RunLimits.MaxTraceBytes"/>.</summary>
    public long TraceBytes => _calls?.Bytes ?? 0;

    /// <summary>Instructions run.</summary>
    public long StepCount { get; private set; }

    /// <summary>Digest over every instruction; zero when it was not asked for.</summary>
    public Hash256 StepDigest { get; private set; }

    /// <summary>What the transaction looked at; null when it was not asked for.</summary>
    public Prestate? Prestate { get; private set; }

    /// <summary>Executes <paramref name="transaction"/> and watches; see <see cref="EvmExecutor.ExecuteTransaction(BlockEnv, EvmTransaction, WorldState)"/>.</summary>
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

    /// <summary>Hears of every instruction as well; null for nobody.</summary>
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
        Watcher?.Settle();
        _calls!.Enter(request, input);
        _prestate?.Enter(request);
        CheckSize();
    }

    internal void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output)
    {
        Watcher?.Settle();
        _calls!.Exit(status, gasUsed, output);
        CheckSize();
    }

    internal void SelfDestructed(in Address account, in Address heir, in UInt256 balance)
    {
        _calls!.SelfDestructed(account, heir, balance);
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
