using System.Text.Json;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.TraceJson;

/// <summary>Writes every instruction of the transactions it watches as a line of JSON, and a line that sums each transaction up. EIP-3155.</summary>
/// <remarks>
/// <see href="https://eips.ethereum.org/EIPS/eip-3155"/>; the summary has no state root, which a part of the state does not give. gasCost is
/// what the instruction took from the gas of its frame, so that of a call includes what the callee was given, and that of the last one of a
/// creation the price of the code. Bounded: the first lines that fit are kept, and the summary says how many were left out. The same
/// transactions give the same bytes. Confined to the thread of the executor.
/// </remarks>
public sealed class StepTraceJson : IStepWatcher, IDisposable
{
    /// <summary>Longest output that a summary repeats; a longer one is left out of it, as the result has it.</summary>
    private const int MaxOutputBytes = 4096;

    private readonly ByteBuffer _lines;
    private readonly Utf8JsonWriter _json; // for the summaries, which hold text
    private readonly int _maxBytes;
    private Frame? _frame;
    private long _gas;
    private int _lineStart;
    private long _leftOut;
    private bool _isFull;

    /// <summary>A trace that keeps at most <paramref name="maxBytes"/> of lines, summaries not counted, in a buffer that is its own until it is disposed of.</summary>
    public StepTraceJson(int maxBytes, ByteBuffer lines)
    {
        lines.Clear();
        _lines = lines;
        _maxBytes = maxBytes;
        _json = new Utf8JsonWriter(_lines);
    }

    /// <summary>The lines so far, each with its end, in UTF-8; valid until the next one.</summary>
    public ReadOnlySpan<byte> Lines => _lines.WrittenSpan;

    /// <summary>Watches the transaction that <paramref name="recorder"/> is going to execute.</summary>
    public void Watch(RunRecorder recorder) => recorder.Watcher = this;

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    void IStepWatcher.Step(ref Machine machine, byte instruction)
    {
        Settle(machine.Gas);
        if (_isFull)
        {
            _leftOut++;
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

    void IStepWatcher.Settle()
    {
        if (_frame is { } frame)
        {
            Settle(frame.Gas);
        }
    }

    void IStepWatcher.End(TxExecution execution)
    {
        ((IStepWatcher)this).Settle();
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

        if (_leftOut > 0)
        {
            _json.WriteNumber("stepsLeftOut", _leftOut);
        }

        _json.WriteEndObject();
        _json.Flush();
        _lines.Append("\n"u8);
        _leftOut = 0;
    }

    /// <summary>Now that the gas after it is known, ends the line; takes it back when it does not fit.</summary>
    private void Settle(long gasAfter)
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
            _leftOut++;
            _isFull = true; // a shorter line that came later would hide that this one is missing
        }
    }
}
