using System.Text.Json;
using Mempulse.Evm.Recording;
using Mempulse.Evm.TraceJson;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Traces;

/// <summary>Writes the state that a transaction accessed in the format of geth's prestateTracer.</summary>
/// <remarks><see href="https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers#prestate-tracer"/></remarks>
internal static class PrestateJson
{
    /// <summary>Writes all accessed accounts as they were before the transaction, those that were empty only on request.</summary>
    public static void Write(Utf8JsonWriter json, Prestate prestate, bool includeEmpty)
    {
        json.WriteStartObject();
        for (int i = 0; i < prestate.Accounts.Count; i++)
        {
            var account = prestate.Accounts[i];
            if (includeEmpty || !account.Before.IsEmpty)
            {
                WriteBefore(json, account, isWanted: static _ => true);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the changes (diff mode): "pre" with the changed accounts before, "post" with the fields that differ.</summary>
    public static void WriteDifference(Utf8JsonWriter json, Prestate prestate)
    {
        json.WriteStartObject();
        json.WriteStartObject("pre");
        for (int i = 0; i < prestate.Accounts.Count; i++)
        {
            var account = prestate.Accounts[i];
            if (!account.Before.IsEmpty && (IsRemoved(account) || IsChanged(account)))
            {
                WriteBefore(json, account, account.Destruction == Destruction.Removed
                    ? static slot => true
                    : static slot => !slot.Before.IsZero && slot.Before != slot.After);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("post");
        for (int i = 0; i < prestate.Accounts.Count; i++)
        {
            var account = prestate.Accounts[i];
            if (!IsRemoved(account) && IsChanged(account))
            {
                WriteAfter(json, account);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static bool IsRemoved(TouchedAccount account) => account.Destruction == Destruction.Removed;

    private static bool IsChanged(TouchedAccount account)
    {
        bool differs = account.Before.Balance != account.After.Balance
            || account.Before.Nonce != account.After.Nonce
            || account.Before.Code.Hash != account.After.Code.Hash;
        for (int i = 0; i < account.Slots.Count && !differs; i++)
        {
            differs = account.Slots[i].Before != account.Slots[i].After;
        }

        return differs;
    }

    private static void WriteBefore(Utf8JsonWriter json, TouchedAccount account, Func<SlotChange, bool> isWanted)
    {
        json.WriteStartObject(account.Address.ToString());
        json.WriteString("balance", Hex.Quantity(account.Before.Balance));
        if (account.Before.Nonce != 0)
        {
            json.WriteNumber("nonce", account.Before.Nonce);
        }

        if (account.Before.Code.Length != 0)
        {
            WriteCode(json, account.Before);
        }

        WriteSlots(json, account, isWanted, static slot => slot.Before);
        json.WriteEndObject();
    }

    private static void WriteAfter(Utf8JsonWriter json, TouchedAccount account)
    {
        json.WriteStartObject(account.Address.ToString());
        if (account.Before.Balance != account.After.Balance)
        {
            json.WriteString("balance", Hex.Quantity(account.After.Balance));
        }

        if (account.Before.Nonce != account.After.Nonce)
        {
            json.WriteNumber("nonce", account.After.Nonce);
        }

        if (account.Before.Code.Hash != account.After.Code.Hash)
        {
            WriteCode(json, account.After);
        }

        WriteSlots(json, account, static slot => slot.Before != slot.After && !slot.After.IsZero, static slot => slot.After);
        json.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter json, AccountSnapshot account)
    {
        json.WriteString("code", Hex.Data(account.Code.Bytes));
        json.WriteString("codeHash", account.Code.Hash.ToString());
    }

    private static void WriteSlots(Utf8JsonWriter json, TouchedAccount account, Func<SlotChange, bool> isWanted, Func<SlotChange, UInt256> valueOf)
    {
        bool isOpen = false;
        for (int i = 0; i < account.Slots.Count; i++)
        {
            if (!isWanted(account.Slots[i]))
            {
                continue;
            }

            if (!isOpen)
            {
                json.WriteStartObject("storage");
                isOpen = true;
            }

            json.WriteString(Hex.Word(account.Slots[i].Slot), Hex.Word(valueOf(account.Slots[i])));
        }

        if (isOpen)
        {
            json.WriteEndObject();
        }
    }
}
