using CsCheck;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Sim.Tests.Running;

/// <summary>Any bytecode gives an outcome within the limits, never an exception, and the same outcome again from the witness.</summary>
public sealed class SimulatorFuzzTests
{
    private static readonly SimLimits Tight = new() { MaxSteps = 20_000, MaxMemoryBytes = SimLimits.LeastMemoryBytes, MaxTraceBytes = 1 << 20 };

    /// <summary>Bytes biased towards effective instructions: pushes, calls, creations, storage, logs, jumps.</summary>
    private static readonly Gen<byte> Instruction = Gen.Frequency(
        (3, Gen.Byte),
        (4, Gen.Int[0, 99].Select(index => Pick(index, [0x5f, 0x60, 0x61, 0x30, 0x33, 0x5a, 0x80, 0x81, 0x90]))),
        (2, Gen.Int[0, 99].Select(index => Pick(index, [0xf0, 0xf1, 0xf2, 0xf4, 0xf5, 0xfa, 0x3c, 0x37, 0x3e, 0x5e, 0xff]))),
        (2, Gen.Int[0, 99].Select(index => Pick(index, [0x51, 0x52, 0x53, 0x54, 0x55, 0x5c, 0x5d, 0xa0, 0xa1, 0xf3, 0xfd]))),
        (2, Gen.Int[0, 99].Select(index => Pick(index, [0x56, 0x57, 0x5b, 0x20, 0x40, 0x49, 0x4a]))));

    private static readonly Gen<byte[][]> Programs = Instruction.Array[1, 120].Array[1, 3];

    [Fact]
    public void Any_bytecode_gives_an_outcome_within_the_limits_and_the_same_from_its_witness() => Programs.Sample(
        programs =>
        {
            var scenario = Scenario(programs);
            var simulator = new Simulator(Ethereum.Signatures.SenderRecovery.CreateBest());

            var run = simulator.Simulate(scenario.Request(), new Unbounded(scenario.State), StateTrust.Unverified);
            byte[] witness = WitnessCodec.Encode(run.Witness);
            var again = simulator.Rerun(WitnessCodec.Decode(witness));

            return run.Result.Outcome.Category != FailureCategory.StateMissing
                && run.Result.GasUsed <= Tight.MaxGas
                && Digests(again) == Digests(run)
                && again.Result.Outcome == run.Result.Outcome
                && witness.AsSpan().SequenceEqual(WitnessCodec.Encode(again.Witness));
        },
        iter: 2_000);

    [Fact]
    public void Any_bytes_as_a_transaction_give_an_outcome() => Gen.Byte.Array[0, 200].Sample(
        raw =>
        {
            var scenario = new SimScenario();
            scenario.Bundle.Add(new BundleTransaction(raw, default));
            return scenario.Run().Result.Outcome.Category == FailureCategory.Invalid;
        },
        iter: 2_000);

    [Fact]
    public void Any_bytes_as_a_witness_are_refused_or_decoded() => Gen.Byte.Array[0, 300].Sample(
        bytes =>
        {
            try
            {
                WitnessCodec.Decode(bytes);
            }
            catch (EventDecodeException)
            {
            }
        },
        iter: 10_000);

    [Fact]
    public async Task Parallel_simulations_match_serial_ones()
    {
        var requests = Programs.Array[64].Single().Select(Scenario).ToArray();
        var serial = requests.Select(scenario => Digests(Run(scenario))).ToArray();

        var parallel = await Task.WhenAll(requests.Select(scenario => Task.Run(() => Digests(Run(scenario)))));

        Assert.Equal(serial, parallel);
    }

    private static byte Pick(int index, byte[] instructions) => instructions[index % instructions.Length];

    private static SimRun Run(SimScenario scenario) =>
        new Simulator(Ethereum.Signatures.SenderRecovery.CreateBest()).Simulate(scenario.Request(), new Unbounded(scenario.State), StateTrust.Unverified);

    private static SimScenario Scenario(byte[][] programs)
    {
        var scenario = new SimScenario { Limits = Tight, Steps = StepTracing.Digest };
        for (byte i = 0; i < programs.Length; i++)
        {
            scenario.Contract(i, programs[i]);
            scenario.Call(i, SimScenario.AddressOf(i), value: i, input: programs[i], gas: 500_000, revert: RevertPolicy.MayRevert);
        }

        return scenario;
    }

    private static (Hash256, Hash256, Hash256, ulong, string) Digests(SimRun run) => (
        run.Result.SimId, run.Result.LogsDigest, run.Result.TraceDigest, run.Result.GasUsed,
        string.Join(',', run.Result.Transactions.Select(transaction => $"{transaction.Status}/{transaction.GasUsed}/{transaction.StepDigest}")));

    /// <summary>A state in which nothing is missing: unknown accounts are absent, and slot values derive from the key.</summary>
    private sealed class Unbounded(KnownState known) : IStateReader
    {
        public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
        {
            var outcome = known.ReadAccount(address, out account);
            return outcome == ReadOutcome.Missing ? ReadOutcome.Absent : outcome;
        }

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
        {
            value = slot.LowUInt64 % 3;
            return ReadOutcome.Found;
        }

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) => known.ReadCode(address, codeHash, out code);

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
        {
            hash = Keccak256.Hash(BitConverter.GetBytes(number));
            return ReadOutcome.Found;
        }
    }
}
