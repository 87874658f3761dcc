using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.EthereumVectors.Tests.Rlp;

public sealed class RlpVectorTests
{
    private const string Archive = "ethereum/ethereum-tests-Basic-RLP-Transaction-Trie-ABI-Difficulty.tar.zst";

    [Fact]
    public void Every_valid_vector_encodes_to_its_bytes_and_decodes_to_itself()
    {
        int count = 0;
        foreach (var vector in Load("RLPTests/rlptest.json"))
        {
            byte[] expected = Hex(vector.Value.GetProperty("out"));
            var buffer = new ByteBuffer();
            Write(new RlpWriter(buffer), vector.Value.GetProperty("in"));
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(buffer.WrittenSpan));

            var rewritten = new ByteBuffer();
            Assert.Equal(RlpError.None, Copy(expected, new RlpWriter(rewritten)));
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(rewritten.WrittenSpan));
            count++;
        }

        Assert.Equal(28, count);
    }

    [Fact]
    public void Every_invalid_vector_is_rejected()
    {
        int count = 0;
        foreach (var vector in Load("RLPTests/invalidRLPTest.json"))
        {
            Assert.True(Copy(Hex(vector.Value.GetProperty("out")), new RlpWriter(new ByteBuffer())) != RlpError.None, vector.Name);
            count++;
        }

        Assert.Equal(26, count);
    }

    [Fact]
    public void The_random_vectors_decode()
    {
        foreach (var vector in Load("RLPTests/RandomRLPTests/example.json"))
        {
            Assert.Equal(RlpError.None, Copy(Hex(vector.Value.GetProperty("out")), new RlpWriter(new ByteBuffer())));
        }
    }

    private static IEnumerable<(string Name, JsonElement Value)> Load(string name)
    {
        var file = Assert.Single(VectorFolder.Read(Archive, entry => entry == name));
        using var json = file.Parse();
        foreach (var property in json.RootElement.EnumerateObject())
        {
            yield return (property.Name, property.Value);
        }
    }

    /// <summary>Reads every item of every level and writes it again.</summary>
    private static RlpError Copy(byte[] encoded, RlpWriter output)
    {
        var reader = new RlpReader(encoded);
        CopyItem(ref reader, output);
        reader.ExpectEnd();
        return reader.Error;
    }

    private static void CopyItem(ref RlpReader reader, RlpWriter output)
    {
        if (!reader.IsNextList)
        {
            output.Write(reader.ReadString());
            return;
        }

        int start = output.BeginList();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            CopyItem(ref reader, output);
        }

        reader.LeaveList(outer);
        output.EndList(start);
    }

    private static void Write(RlpWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                int start = writer.BeginList();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.EndList(start);
                break;
            case JsonValueKind.Number:
                writer.Write(value.GetUInt64());
                break;
            default:
                writer.Write(Bytes(value.GetString() ?? string.Empty));
                break;
        }
    }

    /// <summary>A text, or a decimal number of any size after '#'.</summary>
    private static byte[] Bytes(string text) => text.StartsWith('#')
        ? BigInteger.Parse(text[1..], NumberFormatInfo.InvariantInfo).ToByteArray(isUnsigned: true, isBigEndian: true)
        : Encoding.UTF8.GetBytes(text);

    private static byte[] Hex(JsonElement value)
    {
        string text = value.GetString() ?? string.Empty;
        return Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text);
    }
}
