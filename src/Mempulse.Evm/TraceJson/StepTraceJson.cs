using System.Text.Json;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.TraceJson;

/// <summary>Writes a step trace: a JSON line per instruction, and a summary line per transaction. EIP-3155.</summary>
/// <remarks>
/// <see href="https://eips.ethereum.org/EIPS/eip-3155"/>. The summary has no state root, which a partial state cannot provide. gasCost is the gas that
/// the instruction took from its frame: for a call it includes the forwarded gas, for the last instruction of a creation the code deposit. The first
/// lines that fit are kept, and the summary states the number of omitted steps. The same transactions give the same bytes. Confined to the thread of
/// the executor.
/// </remarks>
public sealed class StepTraceJson : IStepWatcher, IDisposable
{
    /// <summary>Longest output that a summary includes; a longer one is omitted, because the result contains it.</summary>
    private const int MaxOutputBytes = 4096;

    private readonly ByteBuffer _lines;
    private readonly Utf8JsonWriter _json; // for the summaries, whose texts need escaping
    private readonly int _maxBytes;
    private Frame? _frame;
    private long _gas;
    private int _lineStart;
    private long _omittedSteps;
    private bool _isFull;

    /// <summary>Creates a trace of at most <paramref name="maxBytes"/>, not counting summaries; it owns the buffer until it is disposed.</summary>
    public StepTraceJson(int maxBytes, ByteBuffer lines)
    {
        lines.Clear();
        _lines = lines;
        _maxBytes = maxBytes;
        _json = new Utf8JsonWriter(_lines);
    }

    /// <summary>The lines so far in UTF-8, each terminated by a newline; valid until the next write.</summary>
    public ReadOnlySpan<byte> Lines => _lines.WrittenSpan;

    /// <summary>Traces the transaction that <paramref name="recorder"/> executes next.</summary>
    public void Watch(RunRecorder recorder) => recorder.Watcher = this;

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    void IStepWatcher.Step(ref Machine machine, byte instruction)
    {
        FinishStep(machine.Gas);
        if (_isFull)
        {
            _omittedSteps++;
            return;
        }

        _lineStart = _lines.Length;
        _frame = machine.Frame;
        _gas = machine.Gas;
        var line = new StepLine(_lines);
        line.Number("{\"pc\":"u8, machine.Pc);
        line.Number(",\"op\":"u8, instruction);
        line.Quantity(",\"gas\":\""u8, (ulong)machine.Gas);
        line.Number("\",\"memSize\":"u8, machine.MemorySize);
        line.Stack(",\"stack\":["u8, ref machine);
        line.Number("],\"depth\":"u8, machine.Frame.Depth + 1);
        line.Data(",\"returnData\":\""u8, machine.Context.ReturnData.Bytes);
        line.Quantity("\",\"refund\":\""u8, (ulong)machine.State.Refund);
        line.Text("\",\"opName\":\""u8, InstructionNames.Of(instruction));
    }

    void IStepWatcher.FinishStep()
    {
        if (_frame is { } frame)
        {
            FinishStep(frame.Gas);
        }
    }

    void IStepWatcher.End(TxExecution execution)
    {
        ((IStepWatcher)this).FinishStep();
        _json.Reset();
        _json.WriteStartObject();
        if (execution is TxExecution.Executed executed)
        {
            if (executed.Output.Length <= MaxOutputBytes)
            {
                _json.WriteString("output", Hex.Data(executed.Output.Span));
            }

            _json.WriteString("gasUsed", Hex.Quantity(executed.GasUsed));
            _json.WriteBoolean("pass", executed.IsSuccess);
            if (!executed.IsSuccess)
            {
                _json.WriteString("error", FailureText.Of(executed.Status));
            }
        }
        else
        {
            _json.WriteBoolean("pass", false);
            _json.WriteString("error", FailureText.Of(execution));
        }

        if (_omittedSteps > 0)
        {
            _json.WriteNumber("stepsLeftOut", _omittedSteps);
        }

        _json.WriteEndObject();
        _json.Flush();
        _lines.Append("\n"u8);
        _omittedSteps = 0;
    }

    /// <summary>Completes the line of the last instruction with its gas cost; removes it if it does not fit.</summary>
    private void FinishStep(long gasAfter)
    {
        if (_frame is null)
        {
            return;
        }

        _frame = null;
        var line = new StepLine(_lines);
        line.Quantity("\",\"gasCost\":\""u8, (ulong)Math.Max(_gas - gasAfter, 0));
        line.Raw("\"}\n"u8);
        if (_lines.Length > _maxBytes)
        {
            _lines.Truncate(_lineStart);
            _omittedSteps++;
            _isFull = true; // a later, shorter line would hide the omitted one
        }
    }
}
