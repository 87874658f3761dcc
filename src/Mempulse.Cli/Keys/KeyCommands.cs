using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mempulse.Cli.Keys;

/// <summary><c>mempulse key</c>: keys of a node's API.</summary>
internal static partial class KeyCommands
{
    private const int KeyBytes = 32;
    private const string Prefix = "mpk_";
    private const string Read = "Read";
    private const string Operate = "Operate";

    public static Command Build(CommandContext context) => new("key", "Keys of a node's API.") { BuildNew(context) };

    private static Command BuildNew(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "What the node calls it in answers and logs: letters, digits, '-', '_' and '.'." };
        var operate = new Option<bool>("--operate") { Description = "May also make the node act: POST /simulate. Without it the key may read." };
        var command = new Command("new", "Make a key: it is printed once, with the settings that let it in, which have only its hash.") { name, operate };
        command.SetAction(parsed =>
        {
            string called = parsed.GetRequiredValue(name);
            if (!Name().IsMatch(called))
            {
                throw new UsageException($"'{called}' is not a valid name: expected 1 to 64 letters, digits, '-', '_' and '.'.");
            }

            string key = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)));
            string scope = parsed.GetValue(operate) ? Operate : Read;
            if (parsed.GetValue(context.Json))
            {
                context.Terminal.Output.WriteLine(new JsonObject { ["key"] = key, ["name"] = called, ["sha256"] = hash, ["scope"] = scope }.ToJsonString());
                return ExitCode.Good;
            }

            context.Terminal.Output.WriteLine($"""
                key       {key}
                settings  Mempulse__Api__Keys__0__Name={called}
                          Mempulse__Api__Keys__0__Sha256={hash}
                          Mempulse__Api__Keys__0__Scope={scope}
                """);
            return ExitCode.Good;
        });
        return command;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Name();
}
