using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Client.Simulations;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Simulations;

/// <summary>Reads a request to simulate; an error is one sentence that names the field.</summary>
internal static class SimQueryText
{
    private static readonly string[] _tags = ["latest", "safe", "finalized", "earliest"];

    public static bool TryRead(SimulateRequest body, [NotNullWhen(true)] out SimQuery? query, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        query = null;
        try
        {
            query = new SimQuery
            {
                Transactions = [.. body.Txs.Select((raw, index) => new SimTransaction(Data(raw, $"txs[{index}]"), MayRevert: false))],
                Block = Block(body.StateBlockNumber ?? "latest"),
                Reverting = [.. (body.RevertingTxHashes ?? []).Select((hash, index) => Hash(hash, $"revertingTxHashes[{index}]"))],
                Account = body.Account is { } account ? Account(account, "account") : null,
                Overrides = [.. (body.StateOverrides ?? new Dictionary<string, StateOverrideBody>()).Select(entry => Override(entry.Key, entry.Value))],
                ParentBeaconRoot = body.ParentBeaconBlockRoot is { } root ? Hash(root, "parentBeaconBlockRoot") : null,
                DigestsSteps = body.StepDigest,
            };
            problem = null;
            return true;
        }
        catch (FormatException bad)
        {
            problem = Problem.BadRequest(bad.Message);
            return false;
        }
    }

    private static SimOverride Override(string address, StateOverrideBody? change)
    {
        string place = $"stateOverrides.{Shown.Of(address)}";
        return new SimOverride
        {
            Address = Account(address, "stateOverrides"),
            Balance = change?.Balance is { } balance ? new Wei(Number(balance, $"{place}.balance")) : null,
            Nonce = change?.Nonce is { } nonce ? new Nonce(Small(nonce, $"{place}.nonce")) : null,
            Code = change?.Code is { } code ? Data(code, $"{place}.code") : default(ReadOnlyMemory<byte>?), // a null array would mean empty code
            Slots = [.. (change?.StateDiff ?? new Dictionary<string, string>()).Select(slot =>
                new SimSlot(Word(slot.Key, $"{place}.stateDiff"), Word(slot.Value, $"{place}.stateDiff.{Shown.Of(slot.Key)}")))],
        };
    }

    private static string Block(string text) =>
        Array.Exists(_tags, tag => tag == text) || Hash256.TryParse(text, out _)
            || (text.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            ? text
            : throw new FormatException($"'{Shown.Of(text)}' is not a valid 'stateBlockNumber': expected {string.Join(", ", _tags)}, a height in hex or a block hash.");

    private static byte[] Data(string? text, string place) =>
        HexBytes.TryRead(text, out byte[]? bytes) ? bytes : throw new FormatException($"'{Shown.Of(text)}' is not a valid '{place}': expected bytes in hex, 0x and two digits each.");

    private static Hash256 Hash(string? text, string place) =>
        Hash256.TryParse(text, out var hash) ? hash : throw new FormatException($"'{Shown.Of(text)}' is not a valid '{place}': expected 0x and 64 hex digits.");

    private static Address Account(string? text, string place) =>
        Address.TryParse(text, out var address) ? address : throw new FormatException($"'{Shown.Of(text)}' is not a valid account in '{place}': expected 0x and 40 hex digits.");

    private static UInt256 Number(string? text, string place) =>
        UInt256.TryParse(text, out var number) ? number : throw new FormatException($"'{Shown.Of(text)}' is not a valid '{place}': expected a number of at most 256 bits, decimal or hex with 0x.");

    private static ulong Small(string? text, string place) =>
        Number(text, place) is { FitsUInt64: true } number ? number.LowUInt64 : throw new FormatException($"'{Shown.Of(text)}' is not a valid '{place}': expected at most 2^64 - 1.");

    private static Hash256 Word(string? text, string place)
    {
        byte[] bytes = new byte[UInt256.Size];
        Number(text, place).WriteBigEndian(bytes);
        return new Hash256(bytes);
    }
}
