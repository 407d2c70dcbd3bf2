package io.github.camelmessagedb.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Notes the texts of the statements that are prepared on its connections; changes nothing. */
public final class RecordingDataSource {

    private final DataSource dataSource;
    private final List<String> prepared = new CopyOnWriteArrayList<>();

    /** Over another data source. */
    public RecordingDataSource(DataSource actual) {
        this.dataSource = proxy(DataSource.class, (method, arguments) -> {
            Object answer = invoke(actual, method, arguments);
            return answer instanceof Connection connection ? recording(connection) : answer;
        });
    }

    /** To be used. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** The texts, in order. */
    public List<String> prepared() {
        return List.copyOf(prepared);
    }

    private Connection recording(Connection actual) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                prepared.add((String) arguments[0]);
            }
            return invoke(actual, method, arguments);
        });
    }

    @FunctionalInterface
    private interface Call {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                RecordingDataSource.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.answer(method, arguments)));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
