using System.Text;
using System.Text.Json;
using Mempulse.Ethereum.Signatures;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Tests.Running;

/// <summary>Step traces: made from the witness, complete lines within the size limit, and only for simulations that the policy selects.</summary>
public sealed class StepTraceTests
{
    [Fact]
    public void Every_instruction_is_a_line_and_every_transaction_a_summary()
    {
        var scenario = new SimScenario();
        scenario.Call(0, scenario.Contract(1, Convert.FromHexString("60075f5260205ff3"))); // RETURN(7)
        scenario.Call(1, scenario.Contract(2, 0x5f, 0x5f, 0xfd), revert: RevertPolicy.MayRevert);
        var run = scenario.Run();

        var lines = Lines(run.Witness);

        Assert.Equal(["PUSH1", "PUSH0", "MSTORE", "PUSH1", "PUSH0", "RETURN", "-", "PUSH0", "PUSH0", "REVERT", "-"], lines.Select(Name));
        Assert.Equal("""{"pc":3,"op":82,"gas":"0xef033","memSize":0,"stack":["0x7","0x0"],"depth":1,"returnData":"0x","refund":"0x0","opName":"MSTORE","gasCost":"0x6"}""", lines[2]);
        Assert.Equal($$"""{"output":"0x{{7:x64}}","gasUsed":"0x{{run.Result.Transactions[0].GasUsed:x}}","pass":true}""", lines[6]);
        Assert.Contains("\"error\":\"execution reverted\"", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void The_cost_of_a_call_includes_the_gas_passed_on_and_the_callee_is_one_level_deeper()
    {
        var scenario = new SimScenario();
        var callee = scenario.Contract(2, 0x00);
        scenario.Call(0, scenario.Contract(1, [0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x73, .. callee.ToArray(), 0x61, 0x10, 0x00, 0xf1, 0x00]));

        var lines = Lines(scenario.Run().Witness).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal("0x1a28", lines[7].GetProperty("gasCost").GetString()); // cold access 2,600, plus 4,096 passed on
        Assert.Equal([1, 2, 1], lines.Skip(7).Take(3).Select(line => line.GetProperty("depth").GetInt32()));
        Assert.Equal("0x1000", lines[8].GetProperty("gas").GetString());
    }

    [Fact]
    public void Steps_beyond_the_size_limit_are_omitted_and_counted()
    {
        var scenario = new SimScenario { Limits = new SimLimits { MaxSteps = 200_000 } };
        scenario.Call(0, scenario.Contract(1, Convert.FromHexString("5b600056")), gas: 16_000_000); // JUMPDEST, PUSH1 0, JUMP, for ever
        scenario.Call(0, scenario.Contract(2, 0x00), gas: 100_000);
        var run = scenario.Run();

        var trace = new Simulator(SenderRecovery.CreateBest()).TraceSteps(run.Witness);
        var lines = Lines(run.Witness);

        Assert.IsType<SimOutcome.LimitExceeded>(run.Result.Outcome);
        Assert.InRange(trace.Length, Simulator.MaxStepBytes - 1_000, Simulator.MaxStepBytes + 1_000);
        using var summary = JsonDocument.Parse(lines[^1]);
        Assert.Equal(200_000, lines.Count - 1 + summary.RootElement.GetProperty("stepsLeftOut").GetInt64());
        Assert.Equal("limit exceeded", summary.RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public void Every_line_is_canonical_JSON_and_every_number_in_its_shortest_form()
    {
        var scenario = new SimScenario();
        var callee = scenario.Contract(3, Convert.FromHexString("60ff60005360205ff3")); // RETURN 32 bytes
        string call = "5f5f5f5f5f73" + Convert.ToHexStringLower(callee.ToArray()) + "5af13d5f5f3e";
        byte[] caller = Convert.FromHexString("7f" + new string('f', 64) + "6001600160a01b67ffffffffffffffff68010000000000000000" + call + "0c");
        scenario.Call(0, scenario.Contract(1, caller), revert: RevertPolicy.MayRevert);

        var lines = Lines(scenario.Run().Witness);

        Assert.Contains(lines, line => line.Contains("\"0xffffffffffffffff\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"0x10000000000000000\"", StringComparison.Ordinal));
        foreach (string line in lines)
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(line, JsonSerializer.Serialize(json.RootElement));
            if (json.RootElement.TryGetProperty("stack", out var stack))
            {
                var numbers = stack.EnumerateArray().Append(json.RootElement.GetProperty("gas")).Append(json.RootElement.GetProperty("gasCost")).Select(number => number.GetString()!);
                Assert.All(numbers, number => Assert.Matches("^0x(0|[1-9a-f][0-9a-f]{0,63})$", number));
            }
        }
    }

    [Fact]
    public void A_simulation_that_was_not_executed_has_no_steps()
    {
        var broken = new SimScenario();
        broken.Bundle.Add(new BundleTransaction(new byte[] { 0xc0 }, default));
        var unmade = Simulator.Unmade(new SimScenario().Request(), StateTrust.Verified, new SimOutcome.StateMismatch(default, null, "It lies."));

        Assert.Empty(Lines(broken.Run().Witness));
        Assert.Empty(Lines(unmade.Witness));
    }

    [Theory]
    [InlineData(StepTraceRule.None, false, false)]
    [InlineData(StepTraceRule.Failures, false, true)]
    [InlineData(StepTraceRule.Sample, true, true)]
    [InlineData(StepTraceRule.Failures | StepTraceRule.Sample, true, true)]
    public void The_policy_selects_failures_or_samples(StepTraceRule rule, bool wantsGood, bool wantsFailed)
    {
        var policy = new StepTracePolicy(rule, SampleOneIn: 1);
        var failed = new SimScenario();
        failed.Call(0, failed.Contract(1, 0xfe));
        var lenient = new SimScenario();
        lenient.Call(0, lenient.Contract(1, 0xfe), revert: RevertPolicy.MayRevert);
        var good = new SimScenario();
        good.Call(0, good.Contract(1, 0x00));

        Assert.Equal(wantsGood, policy.Wants(good.Run().Result));
        Assert.Equal(wantsFailed, policy.Wants(failed.Run().Result));
        Assert.Equal(wantsFailed, policy.Wants(lenient.Run().Result));
    }

    [Fact]
    public void A_sample_has_about_the_configured_size_and_is_deterministic()
    {
        const int Sims = 20_000;
        var policy = new StepTracePolicy(StepTraceRule.Sample, SampleOneIn: 10);
        var result = new SimScenario().Call(0, SimScenario.Coinbase).Run().Result;

        List<bool> Choose() => [.. Enumerable.Range(0, Sims).Select(i => policy.Wants(result with { SimId = Ethereum.Hashing.Keccak256.Hash(BitConverter.GetBytes(i)) }))];

        Assert.InRange(Choose().Count(chosen => chosen), 1_700, 2_300);
        Assert.Equal(Choose(), Choose());
    }

    private static List<string> Lines(Witness witness) => [.. Encoding.UTF8
        .GetString(new Simulator(SenderRecovery.CreateBest()).TraceSteps(WitnessCodec.Decode(WitnessCodec.Encode(witness))).Span)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static string Name(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("opName", out var name) ? name.GetString()! : "-";
    }
}
