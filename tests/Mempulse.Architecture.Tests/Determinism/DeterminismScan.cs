using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>Reads the IL of a type and reports anything that may differ between runs or machines.</summary>
/// <remarks>
/// The compiler's banned-symbol analysis misses some of what IL contains: a foreach, a collection expression, a
/// parameter's type, arithmetic. Compiler-generated code (record printing, cached delegates) is skipped.
/// </remarks>
internal static class DeterminismScan
{
    private static readonly Code[] FloatCodes =
    [
        Code.Ldc_R4, Code.Ldc_R8, Code.Conv_R4, Code.Conv_R8, Code.Conv_R_Un, Code.Ldelem_R4, Code.Ldelem_R8, Code.Stelem_R4, Code.Stelem_R8,
        Code.Ldind_R4, Code.Ldind_R8, Code.Stind_R4, Code.Stind_R8,
    ];

    /// <summary>Findings in a type and the types nested in it.</summary>
    public static IEnumerable<Finding> Scan(TypeDefinition type) =>
        Bases(type).Concat(type.Fields.SelectMany(Field)).Concat(type.Methods.SelectMany(Method)).Concat(type.NestedTypes.SelectMany(Scan));

    private static IEnumerable<Finding> Bases(TypeDefinition type) => type.Interfaces.Select(implemented => implemented.InterfaceType)
        .Append(type.BaseType)
        .SelectMany(parent => Mention(parent, type.FullName));

    private static IEnumerable<Finding> Field(FieldDefinition field)
    {
        foreach (var finding in Mention(field.FieldType, field.FullName))
        {
            yield return finding;
        }

        bool isCachedDelegate = field.DeclaringType.Name.StartsWith('<');
        bool isShared = field.IsStatic && !field.IsInitOnly && !field.IsLiteral && !isCachedDelegate;
        if (isShared || field.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "ThreadStaticAttribute"))
        {
            yield return new Finding(Rule.MutableStatic, field.FullName, "a mutable static field");
        }
    }

    private static IEnumerable<Finding> Method(MethodDefinition method)
    {
        if (method.IsPInvokeImpl)
        {
            yield return new Finding(Rule.NativeCall, method.FullName, "calls " + method.PInvokeInfo.Module.Name);
        }

        var signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);
        var locals = method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [];
        foreach (var finding in signature.Concat(locals).SelectMany(type => Mention(type, method.FullName)))
        {
            yield return finding;
        }

        bool isPrinting = method.Name is "PrintMembers" && method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "CompilerGeneratedAttribute");
        if (!method.HasBody || isPrinting)
        {
            yield break;
        }

        foreach (var finding in method.Body.Instructions.SelectMany(instruction => Instruction(instruction, method)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding> Instruction(Instruction instruction, MethodDefinition method)
    {
        if (FloatCodes.Contains(instruction.OpCode.Code))
        {
            yield return new Finding(Rule.FloatingPoint, method.FullName, instruction.OpCode.Name);
        }

        if (instruction.Operand is CallSite { CallingConvention: not MethodCallingConvention.Default })
        {
            yield return new Finding(Rule.NativeCall, method.FullName, "calls through an unmanaged function pointer");
        }

        // An iterator checks whether it runs on the thread that created it, and copies itself if not: no result depends on that.
        bool isIteratorsOwn = method.DeclaringType.Name.StartsWith('<') && instruction.Operand is MethodReference { Name: "get_CurrentManagedThreadId" };
        if (isIteratorsOwn)
        {
            yield break;
        }

        foreach (var finding in Operands(instruction).SelectMany(type => Mention(type, method.FullName)))
        {
            yield return finding;
        }

        if (instruction.Operand is MethodReference called
            && ForbiddenMembers.RuleFor(called, instruction) is { } rule
            && !(rule == Rule.HashValue && method.Name == "GetHashCode"))
        {
            yield return new Finding(rule, method.FullName, called.FullName);
        }
    }

    private static IEnumerable<TypeReference> Operands(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod generic => [.. generic.GenericArguments, generic.DeclaringType, generic.ReturnType, .. generic.Parameters.Select(parameter => parameter.ParameterType)],
        MethodReference called => [called.DeclaringType, called.ReturnType, .. called.Parameters.Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    private static IEnumerable<Finding> Mention(TypeReference? type, string member) =>
        ForbiddenTypes.RuleFor(type) is { } rule ? [new Finding(rule, member, type!.FullName)] : [];
}
