using CsCheck;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Bytecode;
using Mempulse.Evm.Execution;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Instructions;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Eips;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Instructions;

/// <summary>Code with groups of instructions behaves as the original code does, also where it halts.</summary>
public sealed class FusedCodeTests
{
    private const long PlentyOfGas = 100_000;
    private const byte JumpDest = 0x5b;

    /// <summary>Instructions that are part of a group or stand next to one; targets are those of the JUMPDESTs that a program starts with.</summary>
    private static readonly Gen<byte[]> Instruction = Gen.OneOf(
        AnyOf<byte[]>([0x50], [0x01], [0x14], [0x15], [0x51], [0x52], [0x56], [0x57], [JumpDest], [0x02], [0x5a], [0x58], [0xb7], [0x00]),
        Gen.Byte.Select(low => new byte[] { 0x60, low }),
        Gen.Int[0, 8].Select(target => new byte[] { 0x60, (byte)target }),
        Gen.Select(Gen.Int[0, 8], AnyOf<byte>(0x56, 0x57, 0x01)).Select((target, next) => new byte[] { 0x61, 0, (byte)target, next }),
        Gen.Select(Gen.Int[0, 8], AnyOf<byte>(0x14, 0x15)).Select((target, test) => new byte[] { test, 0x61, 0, (byte)target, 0x57 }),
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 3]).Select((target, number) => new byte[] { 0x80, 0x63, 0, 0, 0, (byte)number, 0x14, 0x61, 0, (byte)target, 0x57 }),
        Gen.Int[0x80, 0x8f].Select(code => new[] { (byte)code }),
        Gen.Int[0x90, 0x9f].Select(code => new[] { (byte)code }),
        Gen.Int[0x80, 0x83].Select(code => new[] { (byte)code }),
        Gen.Int[0x90, 0x93].Select(code => new[] { (byte)code }));

    /// <summary>Some JUMPDESTs, words on the stack up to near its limit, and a random program.</summary>
    private static readonly Gen<byte[]> Program = Gen.Select(AnyOf(0, 1, 2, 17, 40, 1_010, 1_020), Instruction.Array[1, 40]).Select((words, body) => new byte[]
        {
            JumpDest, JumpDest, 0x60, 3, JumpDest, 0x50, JumpDest,
        }
        .Concat(Enumerable.Range(0, words).SelectMany(word => new byte[] { 0x60, (byte)(word & 3) }))
        .Concat(body.SelectMany(bytes => bytes)).ToArray());

    [Fact]
    public void Code_with_groups_ends_as_the_original_does_with_any_gas() => Gen.Select(Program, Gen.OneOf(Gen.Long[0, 200], Gen.Long[0, 10_000], Gen.Const(PlentyOfGas))).Sample((code, gas) =>
    {
        var expected = Run(code, gas, isFused: false);
        var actual = Run(code, gas, isFused: true);

        return expected.Status == actual.Status && (Halts(expected.Status) || (expected.GasLeft == actual.GasLeft && expected.Words.SequenceEqual(actual.Words)));
    }, iter: 20_000);

    [Theory]
    [InlineData("61000056", 0xb0)]
    [InlineData("61000057", 0xb1)]
    [InlineData("1561000057", 0xb2)]
    [InlineData("1461000057", 0xb3)]
    [InlineData("8063010203041461000057", 0xb4)]
    [InlineData("5056", 0xb5)]
    [InlineData("5050", 0xb6)]
    [InlineData("8f80", 0xb7)]
    [InlineData("8f6001", 0xb8)]
    [InlineData("8f01", 0xb9)]
    [InlineData("8f51", 0xba)]
    [InlineData("8f52", 0xbb)]
    [InlineData("60018f", 0xbc)]
    [InlineData("60016002", 0xbd)]
    [InlineData("600101", 0xbe)]
    [InlineData("9f50", 0xbf)]
    [InlineData("9f90", 0xc0)]
    [InlineData("9f80", 0xc1)]
    public void A_frequent_group_is_one_step(string hex, byte group)
    {
        byte[] code = [JumpDest, .. Convert.FromHexString(hex)];

        Assert.Equal(group, ContractCode.Of(code).Fused[1]);
    }

    [Theory]
    [InlineData("61000156")] // the destination is in the middle of an instruction
    [InlineData("6100ff57")]
    [InlineData("157fffff57")]
    public void A_jump_to_a_place_that_is_not_a_destination_is_no_group(string hex)
    {
        byte[] code = [JumpDest, .. Convert.FromHexString(hex)];

        Assert.Equal(code[1], ContractCode.Of(code).Fused[1]);
    }

    [Fact]
    public void An_opcode_of_the_range_of_groups_halts_in_every_fork()
    {
        foreach (var fork in Enum.GetValues<Fork>())
        {
            for (int code = FusedCode.First; code <= FusedCode.Last; code++)
            {
                var run = new Trial(fork, $"60016001{code:x2}").Run();

                Assert.Equal(Status.InvalidInstruction, run.Status);
            }
        }
    }

    [Fact]
    public void Every_group_has_a_row_in_the_table_of_every_fork()
    {
        foreach (var fork in Enum.GetValues<Fork>())
        {
            var set = new InstructionSet(ForkHistory.Of(fork));
            for (int code = FusedCode.First; code <= FusedCode.Last; code++)
            {
                Assert.Equal(InlineCode.None, set.Table[code].Inline);
                Assert.True(set.Fused[code].Inline >= InlineCode.PushJump);
            }
        }
    }

    private static Gen<T> AnyOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    private static bool Halts(Status status) => status is not (Status.Stop or Status.LimitExceeded);

    private static (Status Status, long GasLeft, UInt256[] Words) Run(byte[] code, long gas, bool isFused)
    {
        var context = new RunContext { Rules = ForkHistory.Of(Fork.Prague), State = null! };
        var frame = new Frame { Code = ContractCode.Of(code), Gas = gas };
        var machine = new Machine(context, frame, isFused);
        var tracer = default(NoTracer);
        var status = InterpreterLoop.Run(ref machine, new InstructionSet(context.Rules), ref tracer);
        var words = new UInt256[machine.Sp];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = machine.Peek(i);
        }

        return (status, machine.Gas, words);
    }
}
