using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Execution;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Precompiles;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.Tracing;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>VM tests of ethereum/tests before state tests took their place: code that runs without a transaction, at a given gas and value.</summary>
internal sealed class VmTestShape : IVectorShape
{
    private readonly RunContext _context = new();
    private readonly Interpreter _interpreter;

    public VmTestShape() => _interpreter = new Interpreter(_context, new PrecompileSet(SenderRecovery.CreateBest()));

    public string Name => "VM tests";

    public bool Accepts(JsonElement root) => root.HasAll("env", "exec", "pre");

    public void Run(string path, JsonElement root, VectorReport report)
    {
        foreach (var test in root.EnumerateObject())
        {
            if (test.Value.TryGetProperty("callcreates", out var calls) && calls.GetArrayLength() != 0)
            {
                report.Skip("VM tests that expect calls not to be executed");
            }
            else if (Judge(test.Value) is { } failure)
            {
                report.Fail($"{path}: {test.Name}: {failure}");
            }
            else
            {
                report.Pass(Name);
            }
        }
    }

    /// <summary>Returns the first difference; null if the test passes. A test without "gas" expects the code to fail.</summary>
    private string? Judge(JsonElement test)
    {
        var exec = test.GetProperty("exec");
        var before = new PreState(test.GetProperty("pre"));
        var state = new WorldState(before);
        var result = Execute(Block(test.GetProperty("env")), exec, state);
        bool succeeds = result.Status is Status.Stop or Status.Return or Status.SelfDestruct;
        if (!test.TryGetProperty("gas", out _))
        {
            return succeeds ? $"{result.Status}, expected a failure" : null;
        }

        long gas = (long)test.Number64("gas");
        if (!succeeds || result.GasLeft != gas)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{result.Status} with {result.GasLeft} gas left, expected {gas}");
        }

        if (!_context.ReturnData.Bytes.SequenceEqual(test.Bytes("out")))
        {
            return $"returned {Convert.ToHexStringLower(_context.ReturnData.Bytes)}, expected {test.GetProperty("out").GetString()}";
        }

        if (PostState.LogsHash(state.Logs) != test.Hash("logs"))
        {
            return "the logs differ";
        }

        var after = new PreState(test.GetProperty("post"));
        foreach (var (address, account) in after.Accounts)
        {
            var slots = before.After(state).Accounts.TryGetValue(address, out var actual) ? actual.Storage : [];
            if (!slots.SequenceEqual(account.Storage))
            {
                return $"the storage of {address} differs";
            }
        }

        return null;
    }

    private FrameResult Execute(BlockEnv block, JsonElement exec, WorldState state)
    {
        state.BeginTransaction();
        _context.Block = block;
        _context.Rules = block.Rules;
        _context.State = state;
        _context.Exceeded = RunLimit.None;
        _context.Transaction = new TransactionEnv(exec.Account("origin"), exec.Number("gasPrice"), default);
        var request = _context.Request;
        // The value is only what CALLVALUE returns: the tests give the caller no balance.
        request.Kind = FrameKind.DelegateCall;
        request.Gas = (long)exec.Number64("gas");
        request.Caller = exec.Account("caller");
        request.Target = request.CodeSource = exec.Account("address");
        request.Value = exec.Number("value");
        request.TransfersValue = false;
        request.IsStatic = false;
        var tracer = default(NoTracer);
        return _interpreter.Run(exec.Bytes("data"), ref tracer);
    }

    private static BlockEnv Block(JsonElement env) => new()
    {
        Rules = ForkHistory.Of(MainnetForks.At(env.Number64("currentNumber"), timestampSeconds: 0)),
        ChainId = MainnetForks.ChainId,
        Number = env.Number64("currentNumber"),
        Timestamp = env.Number64("currentTimestamp"),
        Coinbase = env.Account("currentCoinbase"),
        GasLimit = env.Number64("currentGasLimit"),
        Difficulty = env.Number("currentDifficulty"),
    };
}
