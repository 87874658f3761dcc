using System.CommandLine;
using Mempulse.Cases;
using Mempulse.Features.Decoding;
using Mempulse.Features.Trades;
using Mempulse.Primitives;

namespace Mempulse.Cli.Decoding;

/// <summary><c>mempulse decode CALLDATA --to ADDRESS</c>: what a call does, by the registry alone, without a node.</summary>
internal static class DecodeCommand
{
    public static Command Build(CommandContext context)
    {
        var calldata = new Argument<string>("CALLDATA") { Description = "The calldata: 0x and an even number of hex digits, or '-' to read it from standard input." };
        var to = new Option<string>("--to") { Description = "The contract that is called.", Required = true };
        var from = new Option<string?>("--from") { Description = "The account that calls; 1 in a router's arguments stands for it." };
        var value = new Option<string>("--value") { Description = "The ether that is sent, in wei.", DefaultValueFactory = static _ => "0" };
        var chain = new Option<ulong>("--chain") { Description = "The chain id.", DefaultValueFactory = static _ => 1 };
        var block = new Option<ulong>("--block") { Description = "The block whose entries of the registry hold; the newest by default.", DefaultValueFactory = static _ => ulong.MaxValue };
        var file = RegistryOption.Build();
        var command = new Command("decode", "Decode a call into a tree: contracts, functions, arguments, amounts.") { calldata, to, from, value, chain, block, file };
        command.SetAction(parsed =>
        {
            byte[] data = Bytes(parsed.GetRequiredValue(calldata) is var text && text == "-" ? Console.In.ReadToEnd().Trim() : text);
            var registry = RegistryOption.Read(parsed.GetValue(file)).Registry;
            var tree = new DecodeTree();
            var id = new ChainId(parsed.GetValue(chain));
            new CallDecoder(registry).Decode(
                new CallRequest
                {
                    Chain = id,
                    Block = new BlockNumber(parsed.GetValue(block)),
                    Sender = parsed.GetValue(from) is { } sender ? Account(sender) : default,
                    Target = Account(parsed.GetRequiredValue(to)),
                    Value = Wei(parsed.GetRequiredValue(value)),
                    Data = data,
                },
                tree);
            var trades = new TradeReader().Read(tree, registry.WrappedEther(id));
            context.Write(parsed, output => DecodeText.Write(output, tree, trades), () => CallJson.ToJson(tree, trades, data));
            return ExitCode.Good;
        });
        return command;
    }

    private static byte[] Bytes(string text)
    {
        var digits = text.AsSpan(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0);
        try
        {
            return Convert.FromHexString(digits);
        }
        catch (FormatException e)
        {
            throw new UsageException($"The calldata of {text.Length} characters is not valid: expected 0x and an even number of hex digits.", e);
        }
    }

    private static Address Account(string text) =>
        Address.TryParse(text, out var address) ? address : throw new UsageException($"'{text}' is not a valid address: expected 0x and 40 hex digits.");

    private static UInt256 Wei(string text) =>
        UInt256.TryParse(text, out var wei) ? wei : throw new UsageException($"'{text}' is not a valid amount: expected wei, a decimal number.");
}
