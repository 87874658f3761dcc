using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mempulse.Architecture.Tests.Reachability;

/// <summary>Which of our types uses which, read from IL: base types, signatures, fields, attributes, and the code of every member.</summary>
/// <remarks>
/// Types that the compiler nests in a type (closures, state machines) are part of that type. Generated types outside our
/// namespaces (proxies, codecs) use nothing: they follow the types they were generated for.
/// </remarks>
internal sealed class TypeGraph
{
    private const string Ours = "Mempulse";
    private readonly SortedDictionary<string, TypeDefinition> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _followers = new(StringComparer.Ordinal);

    /// <summary>A graph over the types of some modules that a filter selects.</summary>
    public TypeGraph(IEnumerable<ModuleDefinition> modules, Func<TypeDefinition, bool>? filter = null)
    {
        foreach (var type in modules.SelectMany(module => module.Types).Where(type => filter?.Invoke(type) ?? true).SelectMany(WithNested).Where(IsOurs))
        {
            _types.Add(NameOf(type), type);
        }

        foreach (var type in _types.Values)
        {
            foreach (string leader in RuntimeRoots.Leaders(type))
            {
                _followers.TryAdd(leader, []);
                _followers[leader].Add(NameOf(type));
            }
        }
    }

    /// <summary>Every type of the graph by its full name.</summary>
    public IReadOnlyDictionary<string, TypeDefinition> Types => _types;

    /// <summary>Everything reachable from <paramref name="roots"/>; <paramref name="further"/> adds uses that IL does not show.</summary>
    public IReadOnlySet<string> Reachable(IEnumerable<TypeDefinition> roots, Func<TypeDefinition, IEnumerable<string>> further)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(roots.Select(NameOf));
        while (waiting.TryDequeue(out string? name))
        {
            if (!_types.TryGetValue(name, out var type) || !reached.Add(name))
            {
                continue;
            }

            foreach (string used in Uses(type).Concat(further(type)).Concat(_followers.GetValueOrDefault(name, [])))
            {
                waiting.Enqueue(used);
            }
        }

        return reached;
    }

    /// <summary>The full name, prefixed with the assembly's where programs share a name.</summary>
    private static string NameOf(TypeDefinition type) => IsProgram(type) ? $"{type.Module.Name}: {type.FullName}" : type.FullName;

    private static bool IsOurs(TypeDefinition type) => Outermost(type) is var outermost
        && (IsProgram(outermost) || (outermost.Namespace.StartsWith(Ours, StringComparison.Ordinal) && !GeneratedCode.Marks(type)))
        && !IsCompilerMade(type);

    /// <summary>The type around the top-level statements of a program.</summary>
    private static bool IsProgram(TypeDefinition type) => type is { Namespace: "", Name: "Program" };

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool IsCompilerMade(TypeDefinition type) => type.Name.StartsWith('<');

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static HashSet<string> Uses(TypeDefinition type)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        Collect(type, used);
        if (type.DeclaringType is { } outer)
        {
            used.Add(NameOf(outer));
        }

        return used;
    }

    private static void Collect(TypeDefinition type, HashSet<string> used)
    {
        var mentions = type.Interfaces.Select(implemented => implemented.InterfaceType).Append(type.BaseType)
            .Concat(type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType))
            .Concat(type.Fields.Select(field => field.FieldType))
            .Concat(Attributes(type)).Concat(type.Fields.SelectMany(Attributes)).Concat(type.Properties.SelectMany(Attributes));
        foreach (var mention in mentions.Concat(type.Methods.SelectMany(Mentions)))
        {
            Add(mention, used);
        }

        foreach (var nested in type.NestedTypes.Where(IsCompilerMade))
        {
            Collect(nested, used);
        }
    }

    private static IEnumerable<TypeReference> Mentions(MethodDefinition method) => method.Parameters.Select(parameter => parameter.ParameterType)
        .Append(method.ReturnType)
        .Concat(method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType))
        .Concat(Attributes(method)).Concat(method.Parameters.SelectMany(Attributes))
        .Concat(method.HasBody ? Code(method.Body) : []);

    private static IEnumerable<TypeReference> Code(MethodBody body) => body.Variables.Select(variable => variable.VariableType)
        .Concat(body.ExceptionHandlers.Select(handler => handler.CatchType))
        .Concat(body.Instructions.SelectMany(instruction => Operands(instruction.Operand)));

    private static IEnumerable<TypeReference> Operands(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod generic => [.. generic.GenericArguments, .. Signature(generic)],
        MethodReference called => Signature(called),
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference called) =>
        [called.DeclaringType, called.ReturnType, .. called.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider member) => member.CustomAttributes
        .SelectMany(attribute => attribute.ConstructorArguments.Concat(attribute.Properties.Select(property => property.Argument))
            .Select(argument => argument.Value).OfType<TypeReference>()
            .Append(attribute.AttributeType));

    private static void Add(TypeReference? type, HashSet<string> used)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Add(generic.ElementType, used);
                foreach (var argument in generic.GenericArguments)
                {
                    Add(argument, used);
                }

                return;
            case IModifierType modified:
                Add(modified.ElementType, used);
                Add(modified.ModifierType, used);
                return;
            case TypeSpecification wrapped:
                Add(wrapped.ElementType, used);
                return;
            default:
                used.Add(type.FullName);
                return;
        }
    }
}
