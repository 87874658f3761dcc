using System.Globalization;
using System.Text;
using System.Text.Json;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Recording;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.TraceJson;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.Tests.Chains.Answers;

/// <summary>Compares go-ethereum's struct logs with ours, step by step: pc, mnemonic, gas before, gas cost, depth, stack, memory, storage.</summary>
internal static class TraceAnswers
{
    private const int MaxLineBytes = 1 << 26;

    public static string? Block(RecordedChain chain, RpcExchange exchange)
    {
        var block = chain.Find(exchange.Text(0));
        if (exchange.IsError || block is null)
        {
            return exchange.IsError == block is null ? null : $"{exchange.Answer}";
        }

        var traces = Run(block);
        var expected = exchange.Result.EnumerateArray().ToList();
        if (!expected.Select(trace => trace.Hash("txHash")).SequenceEqual(block.Hashes))
        {
            return "the transaction hashes differ";
        }

        return expected.Select((trace, index) => Judge(exchange, trace.GetProperty("result"), traces[index]) is { } failure
            ? $"transaction {index}, {failure}"
            : null).FirstOrDefault(failure => failure is not null);
    }

    public static string? Transaction(RecordedChain chain, RpcExchange exchange)
    {
        var found = chain.FindTransaction(exchange.Text(0)!);
        if (exchange.IsError || found is null)
        {
            return exchange.IsError == found is null ? null : $"{exchange.Answer}";
        }

        return Judge(exchange, exchange.Result, Run(found.Value.Block)[found.Value.Index]);
    }

    /// <summary>Executes the block again and records every transaction.</summary>
    private static List<Trace> Run(ExecutedBlock block)
    {
        var recovery = SenderRecovery.CreateBest();
        var executor = new EvmExecutor(recovery);
        var state = new WorldState(block.Before);
        new BlockExecutor(executor).Begin(block.Executable.Env, block.Executable.ParentBeaconBlockRoot, block.Executable.ParentHash, state);
        var traces = new List<Trace>();
        foreach (var transaction in block.Executable.Transactions)
        {
            using var lines = new StepTraceJson(MaxLineBytes, new ByteBuffer());
            var notes = new StepNotes(lines);
            var recorder = new RunRecorder(RunLimits.None, TraceParts.None) { Watcher = notes };
            var execution = (TxExecution.Executed)recorder.Execute(executor, block.Executable.Env, transaction, state);
            var steps = Encoding.UTF8.GetString(lines.Lines).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
            traces.Add(new Trace(steps[..^1], notes, execution));
        }

        return traces;
    }

    private static string? Judge(RpcExchange exchange, JsonElement expected, Trace actual)
    {
        var execution = actual.Execution;
        string wantedResult = $"{expected.GetProperty("gas")} {expected.GetProperty("failed").GetBoolean()} {expected.GetProperty("returnValue")}";
        string computed = string.Create(CultureInfo.InvariantCulture, $"{execution.GasUsed} {!execution.IsSuccess} {Hex.Data(execution.Output.Span)}");
        var steps = expected.GetProperty("structLogs").EnumerateArray().ToList();
        if (wantedResult != computed || steps.Count != actual.Steps.Count)
        {
            return $"{computed} in {actual.Steps.Count} steps, expected {wantedResult} in {steps.Count}";
        }

        for (int i = 0; i < steps.Count; i++)
        {
            string wanted = Line(steps[i]);
            string line = Line(exchange, actual, i);
            if (wanted != line)
            {
                return $"step {i}: {line}, expected {wanted}";
            }
        }

        return null;
    }

    /// <summary>Formats a step of go-ethereum; fails on an unexpected field.</summary>
    private static string Line(JsonElement step)
    {
        string[] fields = ["pc", "op", "gas", "gasCost", "depth", "stack", "memory", "storage"];
        Assert.Empty(step.EnumerateObject().Select(field => field.Name).Except(fields));
        return Line(
            step.GetProperty("pc").GetInt32(),
            step.GetProperty("op").GetString()!,
            step.GetProperty("gas").GetUInt64(),
            step.GetProperty("gasCost").GetUInt64(),
            step.GetProperty("depth").GetInt32(),
            Texts(step, "stack"),
            Texts(step, "memory"),
            step.TryGetProperty("storage", out var storage) ? storage.EnumerateObject().Select(slot => $"{slot.Name}={slot.Value}").Order(StringComparer.Ordinal) : []);
    }

    /// <summary>Formats our step, with memory and storage if the request enables them.</summary>
    private static string Line(RpcExchange exchange, Trace trace, int index)
    {
        var step = trace.Steps[index];
        var memory = trace.Notes.Memory[index];
        Assert.Equal(step.GetProperty("memSize").GetInt32(), memory.Length * 32);
        Assert.Equal("0x", step.GetProperty("returnData").GetString()); // no transaction of these traces makes a call
        return Line(
            step.GetProperty("pc").GetInt32(),
            step.GetProperty("opName").GetString()!,
            step.Number64("gas"),
            step.Number64("gasCost") - DepositGas(trace, index),
            step.GetProperty("depth").GetInt32(),
            Texts(step, "stack"),
            Asks(exchange, "enableMemory") ? memory : [],
            Asks(exchange, "disableStorage") ? [] : trace.Notes.Storage[index] ?? []);
    }

    /// <summary>Our last step of a creation includes the code deposit gas; go-ethereum's does not.</summary>
    private static ulong DepositGas(Trace trace, int index) =>
        index == trace.Steps.Count - 1 && trace.Notes.InCreation[index] && trace.Execution.IsSuccess
            ? (ulong)trace.Execution.Output.Length * FrontierGas.CodeDepositByte
            : 0;

    private static string Line(
        int pc, string name, ulong gas, ulong cost, int depth, IEnumerable<string> stack, IEnumerable<string> memory, IEnumerable<string> storage) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{pc} {name} {gas}-{cost} {depth} [{string.Join(' ', stack)}] [{string.Join(' ', memory)}] [{string.Join(' ', storage)}]");

    private static IEnumerable<string> Texts(JsonElement step, string name) =>
        step.TryGetProperty(name, out var items) ? items.EnumerateArray().Select(item => item.GetString()!) : [];

    private static bool Asks(RpcExchange exchange, string option) =>
        exchange.Params.Count > 1 && exchange.Params[1].TryGetProperty(option, out var value) && value.GetBoolean();

    private sealed record Trace(List<JsonElement> Steps, StepNotes Notes, TxExecution.Executed Execution);
}
