using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Execution;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;
using Mempulse.Evm.Instructions;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Instructions;

/// <summary>go-ethereum's tables of two-operand instructions with the expected results.</summary>
public sealed class OperandTableTests
{
    private const string Archive = "geth/geth-tracetest-precompiles-opcodes.tar.zst";
    private const string Prefix = "core/vm/testdata/testcases_";
    private const int ExpectedFiles = 21;
    private const byte Push32 = 0x7f;
    private const byte Stop = 0;

    [Fact]
    public void Every_two_operand_instruction_returns_the_result_of_the_tables()
    {
        int files = 0;
        foreach (var (path, content) in VectorArchive.Read(Archive).Where(file => file.Key.Contains(Prefix, StringComparison.Ordinal)))
        {
            files++;
            byte code = CodeOf(Path.GetFileNameWithoutExtension(path).Split('_')[^1]);
            using var document = JsonDocument.Parse(content);
            foreach (var row in document.RootElement.EnumerateArray())
            {
                var expected = UInt256.FromBigEndian(row.Bytes("Expected"));
                Assert.Equal(expected, Run([Push32, .. row.Bytes("X"), Push32, .. row.Bytes("Y"), code, Stop]));
            }
        }

        Assert.Equal(ExpectedFiles, files);
    }

    private static byte CodeOf(string name) => name switch
    {
        "add" => 0x01,
        "mul" => 0x02,
        "sub" => 0x03,
        "div" => 0x04,
        "sdiv" => 0x05,
        "mod" => 0x06,
        "smod" => 0x07,
        "exp" => 0x0a,
        "signext" => 0x0b,
        "lt" => 0x10,
        "gt" => 0x11,
        "slt" => 0x12,
        "sgt" => 0x13,
        "eq" => 0x14,
        "and" => 0x16,
        "or" => 0x17,
        "xor" => 0x18,
        "byte" => 0x1a,
        "shl" => 0x1b,
        "shr" => 0x1c,
        "sar" => 0x1d,
        _ => throw new InvalidDataException($"'{name}' is not a known instruction."),
    };

    private static UInt256 Run(byte[] code)
    {
        var context = new RunContext { Rules = ForkHistory.Of(Fork.Osaka), State = null! };
        var frame = new Frame { Code = ContractCode.Of(code), Gas = 1_000_000 };
        var machine = new Machine(context, frame, isFused: false);
        var tracer = default(NoTracer);

        var status = InterpreterLoop.Run(ref machine, new InstructionSet(context.Rules), ref tracer);

        Assert.Equal(Status.Stop, status);
        Assert.Equal(1, machine.Sp);
        return machine.Top();
    }
}
