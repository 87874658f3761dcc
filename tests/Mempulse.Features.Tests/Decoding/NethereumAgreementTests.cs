using System.Collections;
using System.Globalization;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Decoding;
using Mempulse.Features.Tests.Registry;
using Mempulse.Primitives;
using Mempulse.Testing.Mainnet;
using Nethereum.ABI.ABIDeserialisation;
using Nethereum.ABI.FunctionEncoding;
using Nethereum.ABI.Model;

namespace Mempulse.Features.Tests.Decoding;

/// <summary>Another decoder reads the same arguments in the calls of thirteen blocks of mainnet.</summary>
public sealed class NethereumAgreementTests
{
    [Fact]
    public void Nethereum_reads_the_same_arguments()
    {
        var (decoder, tree) = (new CallDecoder(ShippedRegistry.Value), new DecodeTree());
        var parameters = new SortedDictionary<string, Parameter[]>(StringComparer.Ordinal);
        var read = new SortedSet<string>(StringComparer.Ordinal);
        int calls = 0;
        foreach (var call in IncludedCalls.LoadRlp(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet")).Where(static call => call.Target is not null))
        {
            decoder.Decode(new CallRequest { Chain = new ChainId(1), Block = call.Block, Sender = call.Sender, Target = call.Target, Value = call.Value, Data = call.Data.Span }, tree);
            foreach (var node in tree.Nodes)
            {
                if (node.Kind != NodeKind.Call || node.Function?.Offsets != AbiOffsets.Forward || !DecodeTree.TryOpen(node, call.Data.Span, out var arguments) || arguments.Type.Members.Count == 0)
                {
                    continue;
                }

                string signature = node.Function.Function.Signature;
                if (!parameters.TryGetValue(signature, out var inputs))
                {
                    parameters.Add(signature, inputs = Inputs(arguments.Type));
                }

                var theirs = new ParameterDecoder().DecodeDefaultData(call.Data.Slice(node.OffsetBytes + 4, node.LengthBytes - 4).ToArray(), inputs);
                Assert.Equal(Text(theirs, arguments.Type), Text(arguments));
                read.Add(signature);
                calls++;
            }
        }

        Assert.True(calls >= 700, $"{calls} calls");
        Assert.True(read.Count >= 50, $"{read.Count} functions");
    }

    private static Parameter[] Inputs(AbiType arguments) =>
        new ABIJsonDeserialiser().DeserialiseContract($$"""[{"type":"function","name":"f","inputs":{{Members(arguments)}},"outputs":[]}]""").Functions[0].InputParameters;

    private static string Members(AbiType tuple) => $"[{string.Join(',', tuple.Members.Select(static (member, i) => Json(member.Type, i)))}]";

    private static string Json(AbiType type, int index)
    {
        string arrays = string.Empty;
        while (type.Kind == AbiKind.Array)
        {
            arrays = (type.Width == 0 ? "[]" : $"[{type.Width.ToString(CultureInfo.InvariantCulture)}]") + arrays;
            type = type.Element!;
        }

        string components = type.Kind == AbiKind.Tuple ? $",\"components\":{Members(type)}" : string.Empty;
        return $"{{\"name\":\"p{index.ToString(CultureInfo.InvariantCulture)}\",\"type\":\"{(type.Kind == AbiKind.Tuple ? "tuple" : type.ToString())}{arrays}\"{components}}}";
    }

    private static string Text(in AbiValue value)
    {
        switch (value.Type.Kind)
        {
            case AbiKind.Tuple:
                var members = new List<string>();
                for (int i = 0; i < value.Type.Members.Count; i++)
                {
                    Assert.Equal(AbiFault.None, value.ReadMember(i, out var member));
                    members.Add(Text(member));
                }

                return $"({string.Join(',', members)})";
            case AbiKind.Array:
                Assert.Equal(AbiFault.None, value.ReadCount(out int count));
                var elements = new List<string>();
                for (int i = 0; i < count; i++)
                {
                    Assert.Equal(AbiFault.None, value.ReadElement(i, out var element));
                    elements.Add(Text(element));
                }

                return $"[{string.Join(',', elements)}]";
            case AbiKind.Bytes or AbiKind.Text:
                Assert.Equal(AbiFault.None, value.ReadBytes(out var content, out _));
                return Convert.ToHexStringLower(content);
            case AbiKind.Address:
                return value.ToAddress().ToString();
            case AbiKind.Bool:
                return value.ToUInt256().IsZero ? "false" : "true";
            case AbiKind.FixedBytes:
                return Convert.ToHexStringLower(value.Word[..value.Type.Width]);
            default:
                var number = value.ToUInt256();
                if (value.Type.Kind == AbiKind.UnsignedInteger || !number.IsNegative)
                {
                    return number.ToString();
                }

                UInt256.NegateWrapping(number, out var magnitude);
                return $"-{magnitude}";
        }
    }

    private static string Text(object value, AbiType type) => type.Kind switch
    {
        AbiKind.Tuple => $"({string.Join(',', ((IEnumerable<ParameterOutput>)value).Select((output, i) => Text(output.Result, type.Members[i].Type)))})",
        AbiKind.Array => $"[{string.Join(',', ((IEnumerable)value).Cast<object>().Select(element => Text(element, type.Element!)))}]",
        AbiKind.Text => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes((string)value)),
        AbiKind.Bytes => Convert.ToHexStringLower((byte[])value),
        AbiKind.FixedBytes => Convert.ToHexStringLower(((byte[])value).AsSpan(0, type.Width)),
        AbiKind.Address => ((string)value).ToLowerInvariant(),
        AbiKind.Bool => (bool)value ? "true" : "false",
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };
}
