using System.Text.Json;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives;

namespace Mempulse.RelaySim.Requests;

/// <summary>Reads the fields of one object by the description of a method.</summary>
internal sealed class FieldReader
{
    private readonly DialectMethod _method;
    private readonly JsonElement _object;

    public FieldReader(DialectMethod method, JsonElement given)
    {
        _method = method;
        _object = given;
        foreach (var property in given.EnumerateObject())
        {
            if (!method.Fields.Any(field => field.IsVerified && field.Name == property.Name))
            {
                throw new RequestRefusedException(RequestRefusedException.InvalidParams, $"The field '{property.Name}' is not one of {method.Name}.");
            }
        }
    }

    /// <summary>True if the list of transactions is empty.</summary>
    public static bool HasNoTransactions(JsonElement given, IEnumerable<DialectMethod> methods) =>
        methods.Select(method => method.Find(BundleField.Transactions)).FirstOrDefault(field => field is not null) is { } field
        && given.TryGetProperty(field.Name, out var list)
        && list.ValueKind == JsonValueKind.Array
        && list.GetArrayLength() == 0;

    /// <summary>Reads the command.</summary>
    public RelayCommand Read() => _method.Method switch
    {
        RelayMethod.SendBundle => new RelayCommand.Send(Bundle()),
        RelayMethod.CancelBundle => new RelayCommand.Cancel(Text(BundleField.ReplacementUuid) ?? throw Missing(BundleField.ReplacementUuid), Number(BundleField.ReplacementSequence) ?? 0),
        RelayMethod.CallBundle => new RelayCommand.Simulate(Bundle(), Block(BundleField.StateBlock) ?? throw Missing(BundleField.StateBlock), Number(BundleField.Timestamp)),
        RelayMethod.SendPrivateTransaction => new RelayCommand.SendPrivate(Transaction(Bytes(BundleField.Transaction) is [var raw] ? raw : throw Missing(BundleField.Transaction)), Block(BundleField.MaxBlock)),
        RelayMethod.BundleStatistics => new RelayCommand.AskStatistics(Hashes(BundleField.BundleHash) is [var hash] ? hash : throw Missing(BundleField.BundleHash)),
        _ => throw new RequestRefusedException(RequestRefusedException.MethodNotFound, $"{_method.Name} is not simulated."),
    };

    /// <summary>Makes the id of a bundle, which its sender does not send.</summary>
    public static Hash256 IdOf(IEnumerable<BundleTransaction> transactions, BlockNumber target)
    {
        byte[] parts = [.. transactions.SelectMany(transaction => transaction.Hash.ToArray()), .. BitConverter.GetBytes(target.Value)];
        return Keccak256.Hash(parts);
    }

    /// <summary>Reads a signed transaction.</summary>
    public static BundleTransaction Transaction(byte[] raw) =>
        BundleTransaction.Read(raw) ?? throw new RequestRefusedException(RequestRefusedException.InvalidParams, "A transaction does not decode.");

    private RelayBundle Bundle()
    {
        BundleTransaction[] transactions = [.. Bytes(BundleField.Transactions).Select(Transaction)];
        var target = Block(BundleField.TargetBlock) ?? throw Missing(BundleField.TargetBlock);
        return new RelayBundle
        {
            Id = IdOf(transactions, target),
            Transactions = transactions,
            Target = target,
            MinTimestampSeconds = Number(BundleField.MinTimestamp),
            MaxTimestampSeconds = Number(BundleField.MaxTimestamp),
            Reverting = Hashes(BundleField.RevertingHashes),
            Dropping = Hashes(BundleField.DroppingHashes),
            ReplacementUuid = Text(BundleField.ReplacementUuid),
            ReplacementSequence = Number(BundleField.ReplacementSequence) ?? 0,
            Refund = Refund(),
        };
    }

    private BundleRefund? Refund() => Number(BundleField.RefundPercent) is not { } percent ? null : new BundleRefund
    {
        Percent = percent <= int.MaxValue ? (int)percent : int.MaxValue,
        Recipient = Bytes(BundleField.RefundRecipient) is [var recipient] ? Account(recipient) : null,
        Hashes = Hashes(BundleField.RefundHashes),
        Payment = new Wei(UInt256.MaxValue), // known once the bundle was executed
    };

    private static Address Account(byte[] bytes) =>
        bytes.Length == Address.Size ? new Address(bytes) : throw new RequestRefusedException(RequestRefusedException.InvalidParams, "An address does not have 20 bytes.");

    private BlockNumber? Block(BundleField field) => Number(field) is { } number ? new BlockNumber(number) : null;

    private Hash256[] Hashes(BundleField field) =>
    [
        .. Bytes(field).Select(bytes => bytes.Length == Hash256.Size ? new Hash256(bytes) : throw new RequestRefusedException(RequestRefusedException.InvalidParams, "A hash does not have 32 bytes.")),
    ];

    private ulong? Number(BundleField meaning)
    {
        if (Find(meaning, out var field) is not { } element)
        {
            return null;
        }

        bool isNumber = element.ValueKind == JsonValueKind.Number;
        return isNumber == (field.Form == FieldForm.Number) && RpcHex.TryReadUInt64(element, out ulong number) ? number : throw Bad(field);
    }

    private string? Text(BundleField meaning) =>
        Find(meaning, out var field) is not { } element ? null : element.ValueKind == JsonValueKind.String ? element.GetString() : throw Bad(field);

    private IReadOnlyList<byte[]> Bytes(BundleField meaning)
    {
        if (Find(meaning, out var field) is not { } element)
        {
            return [];
        }

        bool isList = field.Form is FieldForm.HexList or FieldForm.DigitsList;
        bool hasPrefix = field.Form is FieldForm.HexList or FieldForm.Hex;
        return isList
            ? element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(item => Item(item, hasPrefix) ?? throw Bad(field))] : throw Bad(field)
            : [Item(element, hasPrefix) ?? throw Bad(field)];
    }

    private static byte[]? Item(JsonElement element, bool hasPrefix)
    {
        if (hasPrefix || element.ValueKind != JsonValueKind.String)
        {
            return RpcHex.ReadData(element);
        }

        string digits = element.GetString()!;
        return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private JsonElement? Find(BundleField meaning, out DialectField field)
    {
        field = _method.Find(meaning)!;
        return field is not null && _object.TryGetProperty(field.Name, out var element) ? element : null;
    }

    private RequestRefusedException Missing(BundleField field) => new(RequestRefusedException.InvalidParams, $"{_method.Name} needs the field {_method.Find(field)?.Name ?? field.ToString()}.");

    private static RequestRefusedException Bad(DialectField field) => new(RequestRefusedException.InvalidParams, $"The field '{field.Name}' is not a {field.Form}.");
}
