using System.Text.Json;
using Mempulse.Net.Rpc;

namespace Mempulse.Net.States;

/// <summary>Answers of eth_getCode: "0x" is an account without code.</summary>
internal static class CodeText
{
    public static bool TryRead(in RpcAnswer answer, out byte[] code)
    {
        code = [];
        return answer.HasResult
            && ((answer.Result.ValueKind == JsonValueKind.String && answer.Result.ValueEquals("0x"u8)) || HexData.TryReadBytes(answer.Result, out code));
    }
}
