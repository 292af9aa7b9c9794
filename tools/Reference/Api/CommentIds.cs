using System.Reflection;
using System.Text;

namespace NeuroHal.Reference.Api;

/// <summary>
/// The ids by which the compiler's documentation file names types and members: C# specification, annex D.4.2, "ID string format".
/// </summary>
internal static class CommentIds
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => $"T:{Name(type)}",
        MethodBase method => $"M:{Name(method.DeclaringType!)}.{method.Name.Replace('.', '#')}{Arity(method)}{Parameters(method)}{Conversion(method)}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{List(property.GetIndexParameters())}",
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        EventInfo e => $"E:{Name(e.DeclaringType!)}.{e.Name}",
        _ => member.Name,
    };

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Arity(MethodBase method) => method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Parameters(MethodBase method) => List(method.GetParameters());

    private static string Conversion(MethodBase method) =>
        method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion ? $"~{Parameter(conversion.ReturnType)}" : "";

    private static string List(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(p => Parameter(p.ParameterType)))})";

    private static string Parameter(Type type)
    {
        if (type.IsByRef)
        {
            return $"{Parameter(type.GetElementType()!)}@";
        }
        if (type.IsArray)
        {
            return $"{Parameter(type.GetElementType()!)}[]";
        }
        if (type.IsGenericParameter)
        {
            return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        }
        if (!type.IsGenericType)
        {
            return type.FullName!.Replace('+', '.');
        }
        var name = new StringBuilder(type.GetGenericTypeDefinition().FullName!.Split('`')[0].Replace('+', '.'));
        return name.Append('{').AppendJoin(',', type.GetGenericArguments().Select(Parameter)).Append('}').ToString();
    }
}
