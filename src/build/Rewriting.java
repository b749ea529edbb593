import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Brings class files into the form that starts fastest; what they do stays the same.
 *
 * <p>Class files older than version 50 have no stack maps, and a recorded start leaves them out
 * ({@code SystemDictionaryShared::check_for_exclusion} of JDK 25). They get stack maps and version 52.
 *
 * <p>A record's {@code equals}, {@code hashCode} and {@code toString}, and a switch over types, are linked when they
 * are first used. No recorded start holds that (JEP 483 keeps lambdas and string concatenation alone), and each costs
 * 2 to 15 ms. They become plain code.
 *
 * <p>The manifest of each jar with a recorded class is read in every start. What it says to module systems other than
 * Java's own is left out where that is long: the 12 kB of jackson-databind take 2 ms.
 */
final class Rewriting {
    private static final int OLD = 50;
    private static final int NEWER = 52;
    private static final int LONG_MANIFEST = 2_048;
    private static final ClassDesc LOADER = ClassDesc.of("java.lang.ClassLoader");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
    private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC
            | ClassFile.ACC_SYNTHETIC;

    private final ClassFile renewing;
    private final ClassFile unlinking;

    private Rewriting(ClassHierarchyResolverOption hierarchy) {
        // Code that shares the old pool and is passed on untouched keeps the stack maps that it has: none.
        this.renewing = ClassFile.of(hierarchy, StackMapsOption.GENERATE_STACK_MAPS,
                ConstantPoolSharingOption.NEW_POOL);
        this.unlinking = ClassFile.of(hierarchy);
    }

    /** For classes that refer to those of these jars and of the JDK. */
    static Rewriting over(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        var loader = new URLClassLoader(urls.toArray(URL[]::new), null);
        return new Rewriting(ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /** Whether a library holds class files that a recorded start leaves out, or a manifest that it takes long to read. */
    static boolean isSlow(Path jar) throws IOException {
        try (var in = new JarFile(jar.toFile())) {
            JarEntry manifest = in.getJarEntry(JarFile.MANIFEST_NAME);
            if (manifest != null && manifest.getSize() > LONG_MANIFEST) {
                return true;
            }
            for (JarEntry entry : in.stream().filter(Rewriting::isClass).toList()) {
                try (InputStream content = in.getInputStream(entry)) {
                    byte[] head = content.readNBytes(8);
                    if (head[6] == 0 && head[7] < OLD) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class");
    }

    /** Writes the same library in the form that starts faster, and with a note of that (Apache License 2.0, 4b). */
    void renew(Path from, Path to) throws IOException {
        try (var in = new JarFile(from.toFile());
                var out = new JarOutputStream(Files.newOutputStream(to))) {
            for (String name : names(in)) {
                Jars.begin(out, name);
                byte[] content = read(in, name);
                out.write(name.endsWith(".class") ? renewed(content)
                        : name.equals(JarFile.MANIFEST_NAME) ? shortened(in.getManifest())
                                : content);
            }
            Jars.begin(out, "META-INF/CHANGES");
            out.write("""
                    Changed for probe, for a faster start: class files that were older have version %d and stack \
                    maps, and look for optional classes in the JDK alone; the manifest is shortened.
                    """.formatted(NEWER).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What a manifest says to a class path, and whose the library is. */
    private static byte[] shortened(Manifest manifest) throws IOException {
        var result = new Manifest();
        for (String name : List.of("Manifest-Version", "Multi-Release", "Implementation-Title",
                "Implementation-Vendor", "Implementation-Version")) {
            String value = manifest.getMainAttributes().getValue(name);
            if (value != null) {
                result.getMainAttributes().putValue(name, value);
            }
        }
        var bytes = new ByteArrayOutputStream();
        result.write(bytes);
        return bytes.toByteArray();
    }

    /** The names of all files in a jar, in order. */
    static List<String> names(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .sorted()
                .toList();
    }

    /** The bytes of one file in a jar. */
    static byte[] read(JarFile jar, String name) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getEntry(name))) {
            return content.readAllBytes();
        }
    }

    private byte[] renewed(byte[] bytes) {
        ClassModel old = renewing.parse(bytes);
        if (old.majorVersion() >= OLD) {
            return bytes;
        }
        return verified(renewing, renewing.transformClass(old,
                ClassTransform.transformingMethodBodies(Rewriting::lookInJdkAlone)
                        .andThen((builder, element) -> {
                            if (element instanceof ClassFileVersion) {
                                builder.withVersion(NEWER, 0);
                            } else {
                                builder.with(element);
                            }
                        })));
    }

    /**
     * A class that is on no class path here, such as Groovy's, is looked for where there are no jars: the search would
     * open every one of them, which costs as much as a whole start of the JVM.
     */
    private static void lookInJdkAlone(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeInstruction call && call.owner().asSymbol().equals(CD_Class)
                && call.name().equalsString("forName")
                && call.typeSymbol().equals(MethodTypeDesc.of(CD_Class, CD_String))) {
            code.iconst_1()
                    .invokestatic(LOADER, "getPlatformClassLoader",
                            MethodTypeDesc.of(LOADER))
                    .invokestatic(CD_Class, "forName",
                            MethodTypeDesc.of(CD_Class, CD_String, CD_boolean, LOADER));
        } else {
            code.with(element);
        }
    }

    /** The class with nothing left to link but lambdas and text. */
    byte[] unlinked(byte[] bytes) {
        ClassModel old = unlinking.parse(bytes);
        var helpers = new ArrayList<Helper>();
        byte[] result = unlinking.transformClass(old, ClassTransform.ofStateful(() -> new ClassTransform() {
            @Override
            public void accept(ClassBuilder builder, java.lang.classfile.ClassElement element) {
                if (element instanceof MethodModel method && linksLate(method)) {
                    replace(builder, old, method, helpers);
                } else {
                    builder.with(element);
                }
            }

            @Override
            public void atEnd(ClassBuilder builder) {
                helpers.forEach(helper -> helper.addTo(builder));
            }
        }));
        return helpers.isEmpty() ? bytes : verified(unlinking, result);
    }

    private static byte[] verified(ClassFile tool, byte[] bytes) {
        List<VerifyError> errors = tool.verify(bytes);
        if (!errors.isEmpty()) {
            throw new IllegalStateException("rewritten badly", errors.getFirst());
        }
        return bytes;
    }

    private static boolean linksLate(MethodModel method) {
        return method.code().stream().flatMap(CodeModel::elementStream).anyMatch(element -> linksLate(element));
    }

    private static boolean linksLate(Object element) {
        return element instanceof InvokeDynamicInstruction call
                && (isRecordMethod(call) || isTypeSwitch(call));
    }

    private static boolean isRecordMethod(InvokeDynamicInstruction call) {
        return bootstrap(call).equals("ObjectMethods");
    }

    private static boolean isTypeSwitch(InvokeDynamicInstruction call) {
        return bootstrap(call).equals("SwitchBootstraps")
                && call.bootstrapMethod().methodName().equals("typeSwitch")
                && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
    }

    private static String bootstrap(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().displayName();
    }

    private static void replace(ClassBuilder builder, ClassModel owner, MethodModel method,
            List<Helper> helpers) {
        CodeTransform code = (body, element) -> {
            if (element instanceof InvokeDynamicInstruction call && linksLate(call)) {
                var helper = new Helper(owner, call, helpers.size());
                helpers.add(helper);
                body.invokestatic(owner.thisClass().asSymbol(), helper.name(), call.typeSymbol(),
                        helper.isInterface());
            } else {
                body.with(element);
            }
        };
        builder.transformMethod(method, java.lang.classfile.MethodTransform.transformingCode(code));
    }

    /** A method that does what a call site would have been linked to. */
    private record Helper(ClassModel owner, InvokeDynamicInstruction call, int number) {

        String name() {
            return "linked$" + number;
        }

        boolean isInterface() {
            return (owner.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
        }

        void addTo(ClassBuilder builder) {
            builder.withMethodBody(name(), call.typeSymbol(), PRIVATE_STATIC, code -> {
                if (isTypeSwitch(call)) {
                    typeSwitch(code);
                } else {
                    switch (call.name().stringValue()) {
                        case "equals" -> equality(code);
                        case "hashCode" -> hash(code);
                        case "toString" -> text(code);
                        default -> throw new IllegalStateException("no method of a record: " + call);
                    }
                }
            });
        }

        /** As {@code SwitchBootstraps.typeSwitch} says: -1 for null, the first that fits, or how many there are. */
        private void typeSwitch(CodeBuilder code) {
            List<ConstantDesc> types = call.bootstrapArgs();
            var something = code.newLabel();
            code.aload(0).ifnonnull(something).iconst_m1().ireturn().labelBinding(something);
            for (int i = 0; i < types.size(); i++) {
                var next = code.newLabel();
                code.iload(1).loadConstant(i).if_icmpgt(next);
                code.aload(0).instanceOf((ClassDesc) types.get(i)).ifeq(next);
                code.loadConstant(i).ireturn().labelBinding(next);
            }
            code.loadConstant(types.size()).ireturn();
        }

        private List<DirectMethodHandleDesc> components() {
            return call.bootstrapArgs().stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
        }

        private ClassDesc self() {
            return owner.thisClass().asSymbol();
        }

        private static ClassDesc type(DirectMethodHandleDesc component) {
            return component.invocationType().returnType();
        }

        private void component(CodeBuilder code, int record, DirectMethodHandleDesc component) {
            code.aload(record).getfield(self(), component.methodName(), type(component));
        }

        /** As {@code ObjectMethods} says: references by {@code Objects.equals}, others by their wrapper's compare. */
        private void equality(CodeBuilder code) {
            var differs = code.newLabel();
            code.aload(1).instanceOf(self()).ifeq(differs);
            code.aload(1).checkcast(self()).astore(2);
            for (DirectMethodHandleDesc component : components()) {
                component(code, 0, component);
                component(code, 2, component);
                ClassDesc type = type(component);
                if (!type.isPrimitive()) {
                    code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                            .ifeq(differs);
                } else {
                    code.invokestatic(wrapper(type), "compare", MethodTypeDesc.of(CD_int, type, type))
                            .ifne(differs);
                }
            }
            code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
        }

        private void hash(CodeBuilder code) {
            code.iconst_0();
            for (DirectMethodHandleDesc component : components()) {
                code.bipush(31).imul();
                component(code, 0, component);
                ClassDesc type = type(component);
                if (type.isPrimitive()) {
                    code.invokestatic(wrapper(type), "hashCode", MethodTypeDesc.of(CD_int, type));
                } else {
                    code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
                }
                code.iadd();
            }
            code.ireturn();
        }

        private void text(CodeBuilder code) {
            code.new_(BUILDER).dup().invokespecial(BUILDER, "<init>",
                    MethodTypeDesc.ofDescriptor("()V"));
            String between = simpleName() + "[";
            for (DirectMethodHandleDesc component : components()) {
                append(code.loadConstant(between + component.methodName() + "="), CD_String);
                component(code, 0, component);
                append(code, type(component));
                between = ", ";
            }
            append(code.loadConstant(between.equals(", ") ? "]" : between + "]"), CD_String);
            code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(CD_String)).areturn();
        }

        /** {@code Class.getSimpleName}: the name without those of the classes around it. */
        private String simpleName() {
            return owner.findAttribute(java.lang.classfile.Attributes.innerClasses())
                    .stream()
                    .flatMap(inner -> inner.classes().stream())
                    .filter(inner -> inner.innerClass().asSymbol().equals(self()))
                    .findFirst()
                    .flatMap(inner -> inner.innerName().map(name -> name.stringValue()))
                    .orElse(self().displayName());
        }

        private static void append(CodeBuilder code, ClassDesc type) {
            ClassDesc taken = switch (type.descriptorString()) {
                case "B", "S" -> CD_int;
                case "Ljava/lang/String;", "Z", "C", "I", "J", "F", "D" -> type;
                default -> CD_Object;
            };
            code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, taken));
        }

        private static ClassDesc wrapper(ClassDesc primitive) {
            return ClassDesc.of(switch (TypeKind.from(primitive)) {
                case BOOLEAN -> "java.lang.Boolean";
                case BYTE -> "java.lang.Byte";
                case CHAR -> "java.lang.Character";
                case SHORT -> "java.lang.Short";
                case INT -> "java.lang.Integer";
                case LONG -> "java.lang.Long";
                case FLOAT -> "java.lang.Float";
                case DOUBLE -> "java.lang.Double";
                case VOID, REFERENCE -> throw new IllegalStateException("no component: " + primitive);
            });
        }
    }
}
